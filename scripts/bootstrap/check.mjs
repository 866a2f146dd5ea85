import { run } from './processes.mjs';

/** @typedef {ReturnType<typeof import('./progress.mjs').makeProgress>} Progress */
/** @typedef {import('./toolchain.mjs').Toolchain} Toolchain */
/** @typedef {{ title: string, commands: readonly (readonly string[])[] }} Check */

/** The checks that read the sources and run nothing of ours, longest first. @type {readonly Check[]} */
export const staticChecks = [
  { title: 'lint', commands: [['eslint', '.', '--max-warnings=0', ...eslintCache()]] },
  {
    title: 'types',
    commands: [
      ['turbo', 'run', 'typecheck', '--output-logs=errors-only', '--concurrency=2', '--continue'],
      ['tsc', '-p', 'scripts'],
    ],
  },
  {
    title: 'architecture',
    commands: [
      ['depcruise', '--config', '.dependency-cruiser.mjs', '--output-type', 'err-long', 'apps', 'packages'],
    ],
  },
  { title: 'dead code', commands: [['knip', '--no-progress']] },
  { title: 'format', commands: [['biome', 'format', '.']] },
];

/** The tests that need no other process than their own. @type {Check} */
export const unitTests = { title: 'unit tests', commands: [['vitest', 'run', '--project', '!integration']] };

/**
 * Runs checks two at a time, shows the log of each that failed, and answers with their titles.
 *
 * @param {readonly Check[]} checks
 * @param {Toolchain} toolchain
 * @param {Progress} progress
 * @returns {Promise<string[]>}
 */
export async function runChecks(checks, toolchain, progress) {
  const waiting = [...checks];
  /** @type {string[]} */
  const failed = [];
  const worker = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      if (!(await passes(check, toolchain, progress))) failed.push(check.title);
    }
  };
  await Promise.all([worker(), worker()]);
  return failed;
}

/**
 * @param {Check} check
 * @param {Toolchain} toolchain
 * @param {Progress} progress
 */
async function passes(check, toolchain, progress) {
  const began = Date.now();
  for (const [file = '', ...args] of check.commands) {
    const { code, log } = await run(file, args, toolchain);
    if (code !== 0) {
      progress.write(`  --  ${check.title} failed (${seconds(began)} s)\n\n${log.trimEnd()}\n\n`);
      return false;
    }
  }
  progress.write(`  ok  ${check.title} (${seconds(began)} s)\n`);
  return true;
}

/** The cache is keyed by file alone, and a rule that reads types can be stale for it: CI goes without. */
function eslintCache() {
  return process.env.CI
    ? []
    : ['--cache', '--cache-location', 'node_modules/.cache/eslint/', '--cache-strategy', 'content'];
}

/** @param {number} began */
function seconds(began) {
  return ((Date.now() - began) / 1000).toFixed(1);
}
