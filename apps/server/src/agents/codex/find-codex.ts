import { open, readdir, realpath } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

/** The version the adapter is written and tested against; set-up installs exactly this one. */
export const CODEX_VERSION = '0.169.0';

/** Where to look for codex. */
export interface CodexPlaces {
  /** A path a person set; then nothing else is tried. */
  readonly path: string | null;
  /** The host's environment. */
  readonly host: Readonly<Record<string, string | undefined>>;
}

/**
 * The native binaries found, best first.
 *
 * The npm wrapper is never run: killed, it leaves codex and its shell behind
 * with the thread still locked. It is followed to the binary it would start.
 */
export async function findCodex({ path, host }: CodexPlaces): Promise<readonly string[]> {
  const places = path === null ? [...onPath(host), ...inCache(host)] : [path];
  const found = await Promise.all(places.map(toNative));
  return [...new Set(found.filter((file) => file !== null))];
}

function onPath(host: CodexPlaces['host']): readonly string[] {
  const folders = (host['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, executable()));
}

function inCache(host: CodexPlaces['host']): readonly string[] {
  const home = host['HOME'];
  const cache = host['XDG_CACHE_HOME'] ?? (home === undefined ? null : join(home, '.cache'));
  if (cache === null) return [];
  return [
    join(
      cache,
      'thalogos',
      'agents',
      'codex',
      CODEX_VERSION,
      'node_modules',
      '@openai',
      'codex',
      'bin',
      'codex.js',
    ),
  ];
}

/** The binary itself, or the one that npm's wrapper stands for; null where there is none. */
async function toNative(place: string): Promise<string | null> {
  const file = await realpath(place).catch(() => null);
  if (file === null) return null;
  if (!(await isScript(file))) return file;
  const scope = dirname(dirname(dirname(file)));
  const name = `codex-${process.platform}-${process.arch}`;
  const packages = [join(scope, 'codex', 'node_modules', '@openai', name), join(scope, name)];
  const vendored = await Promise.all(packages.map(inVendor));
  return vendored.find((binary) => binary !== null) ?? null;
}

async function inVendor(folder: string): Promise<string | null> {
  const vendor = join(folder, 'vendor');
  const [triple] = await readdir(vendor).catch(() => []);
  if (triple === undefined) return null;
  return realpath(join(vendor, triple, 'bin', executable())).catch(() => null);
}

async function isScript(file: string): Promise<boolean> {
  if (file.endsWith('.js')) return true;
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.toString('latin1', 0, bytesRead) === '#!';
  } finally {
    await handle.close();
  }
}

function executable(): string {
  return process.platform === 'win32' ? 'codex.exe' : 'codex';
}
