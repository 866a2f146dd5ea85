import { execFile } from 'node:child_process';
import { access, constants, realpath } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { compareVersions } from '../../platform/compare-versions.ts';

/** The version the adapter is written and tested against; set-up installs exactly this one. */
export const CLAUDE_VERSION = '2.1.329';

/** Oldest version that was driven with success. */
export const OLDEST_CLAUDE = '2.1.197';

/** Where to look for claude. */
export interface ClaudePlaces {
  /** A path a person set; then nothing else is tried. */
  readonly path: string | null;
  /** The host's environment. */
  readonly host: Readonly<Record<string, string | undefined>>;
}

/** A program with what it says of itself. */
export interface FoundClaude {
  readonly path: string;
  readonly version: string | null;
}

const run = promisify(execFile);
const PROBE_MS = 10_000;

/** The programs found, best first, each with its version; only `claude --version` is started. */
export async function findClaude({ path, host }: ClaudePlaces): Promise<readonly FoundClaude[]> {
  const places = path === null ? [...onPath(host), ...inCache(host)] : [path];
  const found = await Promise.all(places.map(toNative));
  const programs = [...new Set(found.filter((file) => file !== null))];
  return Promise.all(programs.map(async (file) => ({ path: file, version: await readVersion(file) })));
}

/** Whether a version can be driven. */
export function isUsable({ version }: FoundClaude): boolean {
  return version !== null && compareVersions(version, OLDEST_CLAUDE) >= 0;
}

function onPath(host: ClaudePlaces['host']): readonly string[] {
  const folders = (host['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, 'claude'));
}

/** Where set-up puts the pinned one. */
function inCache(host: ClaudePlaces['host']): readonly string[] {
  const home = host['HOME'];
  const cache = host['XDG_CACHE_HOME'] ?? (home === undefined ? null : join(home, '.cache'));
  if (cache === null) return [];
  const modules = join(cache, 'thalogos', 'agents', 'claude', CLAUDE_VERSION, 'node_modules');
  return [join(modules, '@anthropic-ai', nativePackage(), 'claude')];
}

/** The program itself, or the one that npm's wrapper would start: killed, a wrapper leaves its child behind. */
async function toNative(place: string): Promise<string | null> {
  const file = await realpath(place).catch(() => null);
  if (file === null) return null;
  const at = file.lastIndexOf(`${join('@anthropic-ai', 'claude-code')}/`);
  if (at < 0) return file;
  const native = join(dirname(file.slice(0, at + '@anthropic-ai/'.length)), '@anthropic-ai', nativePackage());
  const program = join(native, 'claude');
  return access(program, constants.X_OK).then(
    () => program,
    () => file,
  );
}

function nativePackage(): string {
  return `claude-code-${process.platform}-${process.arch}`;
}

async function readVersion(path: string): Promise<string | null> {
  try {
    const { stdout } = await run(path, ['--version'], {
      timeout: PROBE_MS,
      env: { DISABLE_AUTOUPDATER: '1' },
    });
    return /(\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? null;
  } catch {
    // Not runnable here, or not claude: either way there is no version to speak of.
    return null;
  }
}
