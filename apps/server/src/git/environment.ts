import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pickVariables } from '../platform/pick-variables.ts';
import { allowedEnvironment, type Environment, markOf } from '../platform/process.ts';

/** Everything the helper needs to know before it may run git; plain data, handed over when it starts. */
export interface GitSettings {
  /** The whole environment of every git process. */
  readonly environment: Environment;
  /** What the helper needs besides, being a Node: where it finds what was compiled before. */
  readonly ofHelper: Environment;
  /** Where git starts when a command does not care: a directory with no repository around it. */
  readonly home: string;
  readonly mark: string;
  /** How many git processes run beside each other. */
  readonly concurrency: number;
}

/** Where git's own settings are made, and who for. */
export interface GitHomeOptions {
  readonly dataDirectory: string;
  /** Id of this instance of Thalogos, for the mark of its processes. */
  readonly instance: string;
  /** The host's environment, of which the little that git needs is taken. */
  readonly hostEnvironment: Readonly<Record<string, string | undefined>>;
}

/** Given on every command line, where they beat what a repository's own config says. */
export const HARDENING = [
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.pager=cat',
  '-c',
  'gc.auto=0',
  '-c',
  'maintenance.auto=false',
  '-c',
  'submodule.recurse=false',
];

const CONFIG = `# Written by Thalogos at every start; the person's own git configuration is never read.
[core]
	fsync = all
	hooksPath = /dev/null
	fsmonitor = false
	logAllRefUpdates = always
	excludesFile = /dev/null
	attributesFile = /dev/null
	quotePath = false
	pager = cat
[gc]
	auto = 0
	reflogExpire = never
	reflogExpireUnreachable = never
[maintenance]
	auto = false
[transfer]
	fsckObjects = true
[protocol]
	allow = never
[protocol "file"]
	allow = always
[safe]
	bareRepository = explicit
	directory = *
[fetch]
	recurseSubmodules = false
	writeCommitGraph = false
[submodule]
	recurse = false
[init]
	defaultBranch = main
	templateDir =
[commit]
	gpgSign = false
[tag]
	gpgSign = false
[gpg]
	format = ssh
[advice]
	detachedHead = false
	addEmbeddedRepo = false
	statusHints = false
`;

/** Writes git's global configuration into the data directory and gives the settings that make git use it alone. */
export async function prepareGitHome({
  dataDirectory,
  instance,
  hostEnvironment,
}: GitHomeOptions): Promise<GitSettings> {
  const home = join(dataDirectory, 'git');
  const configFile = join(home, 'config');
  await mkdir(home, { recursive: true, mode: 0o700 });
  await writeFile(configFile, CONFIG, { mode: 0o600 });
  const { PATH, TMPDIR, SystemRoot } = allowedEnvironment(hostEnvironment);
  return {
    home,
    mark: markOf(instance, 'git'),
    concurrency: 8,
    ofHelper: pickVariables(hostEnvironment, ['NODE_COMPILE_CACHE']),
    environment: {
      ...(PATH === undefined ? {} : { PATH }),
      ...(TMPDIR === undefined ? {} : { TMPDIR }),
      ...(SystemRoot === undefined ? {} : { SystemRoot }),
      HOME: home,
      XDG_CONFIG_HOME: home,
      LC_ALL: 'C',
      TZ: 'UTC',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: configFile,
      GIT_ATTR_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_LITERAL_PATHSPECS: '1',
      // No repository is ever found by walking up from where git starts.
      GIT_CEILING_DIRECTORIES: dataDirectory,
    },
  };
}

/** What one command adds to the environment of all. */
export interface CommandScope {
  readonly gitDir?: string | undefined;
  readonly quarantine?: string | undefined;
  readonly workTree?: string | undefined;
  readonly indexFile?: string | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly writes?: string | undefined;
}

/** The environment of one command: reads take no optional locks, so that they never stand in a writer's way. */
export function commandEnvironment(settings: GitSettings, scope: CommandScope): Record<string, string> {
  return {
    ...settings.environment,
    ...(scope.gitDir === undefined ? {} : { GIT_DIR: scope.gitDir }),
    ...quarantineEnvironment(scope),
    ...(scope.workTree === undefined ? {} : { GIT_WORK_TREE: scope.workTree }),
    ...(scope.indexFile === undefined ? {} : { GIT_INDEX_FILE: scope.indexFile }),
    ...(scope.writes === undefined ? { GIT_OPTIONAL_LOCKS: '0' } : {}),
    ...scope.environment,
  };
}

/** Both object stores to read from, the quarantine alone to write to, and that without a wait for the disk. */
function quarantineEnvironment({ gitDir, quarantine }: CommandScope): Record<string, string> {
  if (gitDir === undefined || quarantine === undefined) return {};
  return {
    GIT_OBJECT_DIRECTORY: quarantine,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: quoteStore(join(gitDir, 'objects')),
    // With it git refuses to move a ref, which would name what is not in the hub.
    GIT_QUARANTINE_PATH: quarantine,
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: 'core.fsync',
    GIT_CONFIG_VALUE_0: 'none',
    GIT_CONFIG_KEY_1: 'core.looseCompression',
    GIT_CONFIG_VALUE_1: '0',
  };
}

/** The path of an object store as the list of alternates wants it, which ends an unquoted one at a colon. */
export function quoteStore(path: string): string {
  return `"${path.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}
