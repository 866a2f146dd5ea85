import { existsSync } from 'node:fs';
import { installFromDebian } from './debian.mjs';
import { isStamped, stamp } from './stamps.mjs';

/** @typedef {ReturnType<typeof import('./progress.mjs').makeProgress>} Progress */

const knownPlaces = ['/usr/bin/bwrap', '/usr/local/bin/bwrap', '/bin/bwrap'];

/**
 * Has bubblewrap, which keeps agents in their worktrees, where this person may install it. It is tried once:
 * without it agents run with process groups only, and the console says so.
 *
 * @param {Progress} progress
 */
export async function prepareSandbox(progress) {
  if (process.platform !== 'linux' || process.env.THALOGOS_SANDBOX === 'none') return;
  if (knownPlaces.some((place) => existsSync(place)) || isStamped('sandbox', 'tried')) return;
  await progress.step('install bubblewrap, which keeps agents in their worktrees', () =>
    installFromDebian(['bubblewrap']),
  );
  stamp('sandbox', 'tried');
}
