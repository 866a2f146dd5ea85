import { execFile } from 'node:child_process';
import { access, open, readFile, realpath } from 'node:fs/promises';
import { delimiter, dirname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { compareVersions } from '../platform/compare-versions.ts';

/** An agent's program as npm knows it. */
export interface KnownProgram {
  /** What people call the agent; also the name of its program. */
  readonly id: string;
  readonly packageName: string;
  /** The version it was tried with, which set-up installs, and the oldest that was driven with success. */
  readonly version: string;
  readonly oldest: string;
  /**
   * Where its package keeps the program itself, best first; none means the script that its package names.
   *
   * Where there is one, that script is never run: killed, such a wrapper leaves its child behind.
   */
  readonly natives: readonly string[];
  /** What to type in order to sign in. */
  readonly signInFix: string;
}

/** The environment of the server. */
type Host = Readonly<Record<string, string | undefined>>;

/** Where to look for an agent. */
export interface ProgramPlaces {
  /** A path a person set; then nothing else is tried. */
  readonly path: string | null;
  readonly host: Host;
}

/** A program with what is known of it; a script is started with the Node that runs us, not through its own line. */
export interface FoundProgram {
  readonly path: string;
  readonly version: string | null;
  readonly isScript: boolean;
}

const Package = z.object({
  name: z.string(),
  version: z.string(),
  bin: z.union([z.string(), z.record(z.string(), z.string())]).exactOptional(),
});

const run = promisify(execFile);
const PROBE_MS = 10_000;

/** The programs found, best first; one of npm is known by its package, without starting it. */
export async function findPrograms(
  agent: KnownProgram,
  { path, host }: ProgramPlaces,
): Promise<readonly FoundProgram[]> {
  const places = path === null ? [...onPath(agent, host), ...inCache(agent, host)] : [path];
  const found = await Promise.all(places.map((place) => look(agent, place)));
  const programs = new Map(found.flatMap((program) => (program === null ? [] : [[program.path, program]])));
  return [...programs.values()];
}

/** Whether a version can be driven. */
export function isUsable({ oldest }: KnownProgram, { version }: FoundProgram): boolean {
  return version !== null && compareVersions(version, oldest) >= 0;
}

function onPath({ id }: KnownProgram, host: Host): readonly string[] {
  const folders = (host['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, id));
}

/** Where set-up puts the pinned one. */
function inCache({ id, version, packageName }: KnownProgram, host: Host): readonly string[] {
  const home = host['HOME'];
  const cache = host['XDG_CACHE_HOME'] ?? (home === undefined ? null : join(home, '.cache'));
  if (cache === null) return [];
  return [join(cache, 'thalogos', 'agents', id, version, 'node_modules', packageName, 'package.json')];
}

async function look(agent: KnownProgram, place: string): Promise<FoundProgram | null> {
  const file = await realpath(place).catch(() => null);
  if (file === null) return null;
  const folder = await packageOf(agent, file);
  if (folder !== null) return fromPackage(agent, folder);
  return { path: file, version: await readVersion(file), isScript: await isScript(file) };
}

/** The folder of the agent's package that a file belongs to; null where it came another way. */
async function packageOf(agent: KnownProgram, file: string): Promise<string | null> {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const found = await readPackage(folder);
    if (found === null) continue;
    return found.name === agent.packageName ? folder : packageBeside(agent, folder, file);
  }
  return null;
}

/** The program itself is often in a package for its platform, beside the one that has its name. */
async function packageBeside(
  { packageName, natives }: KnownProgram,
  folder: string,
  file: string,
): Promise<string | null> {
  for (let up = dirname(folder); up !== dirname(up); up = dirname(up)) {
    const named = up.endsWith(`${sep}node_modules`) ? join(up, packageName) : null;
    if (named === null) continue;
    const places = await Promise.all(natives.map((place) => realpath(join(named, place)).catch(() => null)));
    if (places.includes(file)) return named;
  }
  return null;
}

async function readPackage(folder: string): Promise<z.infer<typeof Package> | null> {
  try {
    return Package.safeParse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

async function fromPackage(agent: KnownProgram, folder: string): Promise<FoundProgram | null> {
  const found = await readPackage(folder);
  if (found === null) return null;
  const { version, bin } = found;
  for (const place of agent.natives) {
    const native = await realpath(join(folder, place)).catch(() => null);
    if (native !== null) return { path: native, version, isScript: false };
  }
  if (agent.natives.length > 0) return null;
  const script = typeof bin === 'string' ? bin : bin?.[agent.id];
  if (script === undefined) return null;
  const path = join(folder, script);
  return access(path).then(
    async () => ({ path, version, isScript: await isScript(path) }),
    () => null,
  );
}

async function isScript(file: string): Promise<boolean> {
  if (/\.[cm]?js$/.test(file)) return true;
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    return /^#!.*\bnode\b/.test(buffer.toString('latin1', 0, bytesRead));
  } finally {
    await handle.close();
  }
}

async function readVersion(file: string): Promise<string | null> {
  try {
    const { stdout } = await run(file, ['--version'], { timeout: PROBE_MS, env: {} });
    return /(\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? null;
  } catch {
    // Not runnable here, or not this agent: either way there is no version to speak of.
    return null;
  }
}
