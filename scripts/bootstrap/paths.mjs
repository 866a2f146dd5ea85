import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of this checkout. */
export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** What a checkout remembers about its own set-up; never committed, safe to delete. */
export const toolsFolder = join(root, '.tools');

/** The folder of pinned package lists, one per tool that is fetched. */
export const toolchainFolder = join(root, 'scripts', 'toolchain');

/** Where fetched tools live: shared by every checkout of this person, safe to delete. */
export function cacheFolder() {
  const base = process.env.XDG_CACHE_HOME || join(process.env.HOME || homedir(), '.cache');
  return join(base, 'thalogos');
}
