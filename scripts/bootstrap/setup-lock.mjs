import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { toolsFolder } from './paths.mjs';

const file = join(toolsFolder, 'setup.lock');

/**
 * Lets one process at a time set up this checkout; a lock whose owner is gone is taken over.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function holdingSetupLock(work) {
  mkdirSync(toolsFolder, { recursive: true });
  while (!claim()) await delay(200);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function claim() {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    if (!ownerIsAlive()) rmSync(file, { force: true });
    return false;
  }
}

function ownerIsAlive() {
  try {
    const owner = Number(readFileSync(file, 'utf8'));
    // Between creating the file and writing the number into it, it is empty for an instant.
    if (owner === 0) return true;
    process.kill(owner, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
