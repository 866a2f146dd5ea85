import { existsSync } from 'node:fs';
import { installFromDebian } from './debian.mjs';
import { StepFailed } from './progress.mjs';

/** @typedef {ReturnType<typeof import('./progress.mjs').makeProgress>} Progress */

const knownPlaces = [
  '/usr/bin/redis-server',
  '/usr/local/bin/redis-server',
  '/opt/homebrew/bin/redis-server',
];

/**
 * Has a Redis for the tests that start one of their own. They are left out, and say so, where there is none;
 * CI may not leave anything out.
 *
 * @param {Progress} progress
 */
export async function prepareRedis(progress) {
  if (knownPlaces.some((place) => existsSync(place))) return;
  await progress.step('install Redis for its tests', async () => {
    const isInstalled = await installFromDebian(['redis-server']);
    if (isInstalled || !process.env.CI) return;
    throw new StepFailed(
      'The tests of the Redis adapters need redis-server and it could not be installed. Type: sudo apt-get install -y redis-server',
    );
  });
}
