import { existsSync } from 'node:fs';
import { run } from './processes.mjs';
import { StepFailed } from './progress.mjs';

/**
 * Installs packages of Debian or one of its kin, where this person may do so without being asked.
 *
 * @param {readonly string[]} packages
 * @returns {Promise<boolean>} whether they are installed now
 */
export async function installFromDebian(packages) {
  if (!existsSync('/usr/bin/apt-get')) return false;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && !(await succeeds('sudo', ['-n', 'true']))) return false;
  const before = isRoot ? ['env'] : ['sudo', '-n', 'env'];
  const [file = 'env', ...rest] = [...before, 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  await succeeds(file, [...rest, 'update']);
  return succeeds(file, [...rest, 'install', '-y', '--no-install-recommends', ...packages]);
}

/**
 * @param {string} file
 * @param {readonly string[]} args
 */
async function succeeds(file, args) {
  try {
    return (await run(file, args)).code === 0;
  } catch (error) {
    // A machine without sudo is no fault: there is another way.
    if (error instanceof StepFailed) return false;
    throw error;
  }
}
