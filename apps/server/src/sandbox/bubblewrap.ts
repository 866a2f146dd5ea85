import { lstat, mkdir, readFile, realpath } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import type { ProcessOptions } from '../platform/process.ts';
import {
  agentEnvironment,
  type ContainedCommand,
  type Host,
  type ProjectCommand,
  type Sandbox,
} from './contain.ts';
import { startLimited } from './start-limited.ts';
import { bubblewrapArguments, installationOf, isWithin, outermost, type Walls } from './walls.ts';

/** What the sandbox is made of. */
export interface BubblewrapDeps {
  readonly bwrap: string;
  readonly host: Host;
  /** Nobody but the server has any business here; a worktree of it is shown to its own agent alone. */
  readonly dataDirectory: string;
}

/** Sockets and files of other programs of the person live here. */
const SHARED = ['/tmp', '/run', '/home', '/root', '/mnt', '/media', '/srv'];

/** What name resolution needs of `/run`. */
const RESOLVERS = ['/run/systemd/resolve', '/run/resolvconf', '/run/NetworkManager/resolv.conf'];

/** Folders and files in a home that hold keys; hidden from commands that see the rest of the home. */
const KEYS = [
  ...['.ssh', '.gnupg', '.aws', '.azure', '.kube', '.docker', '.password-store', '.mozilla', '.thunderbird'],
  ...['.config/gcloud', '.config/gh', '.config/op', '.local/share/keyrings'],
  ...['.codex', '.claude', '.gemini', '.copilot', '.config/opencode', '.local/share/opencode'],
];

/**
 * Holds agents, setup and checks with bubblewrap: namespaces of their own, no capability, nothing of the data
 * directory but their own worktree, and an end that takes every child along.
 */
export function makeBubblewrapSandbox(deps: BubblewrapDeps): Sandbox {
  const { host } = deps;
  const home = host['HOME'] ?? '/nonexistent';
  return {
    contained: true,
    async start(command) {
      const folders = ['home', 'tmp'].map((name) => join(command.stateDir, name));
      await Promise.all(folders.map((folder) => mkdir(folder, { recursive: true, mode: 0o700 })));
      const environment = agentEnvironment(host, command);
      const walls = await agentWalls(deps, home, command);
      const { args, cwd, mark } = command;
      return startLimited(behind(deps, walls, { command: command.command, args, cwd, environment, mark }));
    },
    command: (kind) => async (options) =>
      startLimited(behind(deps, await commandWalls(deps, { home, kind, cwd: options.cwd }), options)),
  };
}

/** The same process, started by bubblewrap behind these walls. */
function behind({ bwrap }: BubblewrapDeps, walls: Walls, options: ProcessOptions): ProcessOptions {
  return {
    ...options,
    command: bwrap,
    args: [...bubblewrapArguments(walls), options.command, ...options.args],
  };
}

async function agentWalls(deps: BubblewrapDeps, home: string, command: ContainedCommand): Promise<Walls> {
  const cwd = await realpath(command.cwd);
  const data = await realpath(deps.dataDirectory);
  const hidden = await existing([...SHARED, home, data]);
  const readable = await existing([
    ...RESOLVERS,
    ...(await programsOf(deps.host, home, hidden)),
    ...(await installed(command.command, home)),
    ...(command.readable ?? []),
    ...(await hubOf(cwd, data)),
  ]);
  const stateDir = await realpath(command.stateDir);
  return {
    cwd,
    systemIsWritable: false,
    hidden: outermost(hidden),
    readable: readable.filter((path) => !isWithin(data, path)),
    writable: [stateDir, ...(await existing(command.credentials ?? []))],
    locked: [join(cwd, '.git'), join(stateDir, 'files')],
    network: true,
    asNobody: isRoot(),
  };
}

/** Commands that the person trusted see the machine as they know it, without keys and without Thalogos' own data. */
async function commandWalls(
  deps: BubblewrapDeps,
  { home, kind, cwd: given }: { home: string; kind: ProjectCommand; cwd: string },
): Promise<Walls> {
  const cwd = await realpath(given);
  const data = await realpath(deps.dataDirectory);
  return {
    cwd,
    systemIsWritable: true,
    hidden: outermost(await existing([...KEYS.map((name) => join(home, name)), data])),
    readable: await hubOf(cwd, data),
    writable: [],
    locked: [join(cwd, '.git')],
    network: kind === 'setup',
    asNobody: false,
  };
}

/** What the PATH leads to inside folders that are hidden. */
async function programsOf(host: Host, home: string, hidden: readonly string[]): Promise<readonly string[]> {
  const folders = (host['PATH'] ?? '').split(delimiter).filter((folder) => folder.startsWith('/'));
  const inside = folders.filter((folder) => hidden.some((place) => isWithin(folder, place)));
  return inside.map((folder) => installationOf(join(folder, 'program'), home));
}

/** The installation of a program that was named by its path, where the name and where the link leads. */
async function installed(program: string, home: string): Promise<readonly string[]> {
  if (!program.startsWith('/')) return [];
  const real = await realpath(program).catch(() => program);
  return [program, real, process.execPath].map((file) => installationOf(file, home));
}

/** The repository that a worktree is linked to, if it is one of ours: an agent may read it. */
async function hubOf(cwd: string, data: string): Promise<readonly string[]> {
  const link = await readFile(join(cwd, '.git'), 'utf8').catch(() => '');
  const found = /^gitdir: (\/.*)\n?$/.exec(link)?.[1];
  if (found === undefined) return [];
  const hub = await realpath(dirname(dirname(found))).catch(() => null);
  return hub !== null && hub !== data && isWithin(hub, data) && hub.endsWith('.git') ? [hub] : [];
}

async function existing(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    [...new Set(paths)].map(async (path) => {
      const stat = await lstat(path).catch(() => null);
      if (stat === null) return [];
      return stat.isSymbolicLink() ? [await realpath(path).catch(() => path)] : [path];
    }),
  );
  return found.flat();
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
