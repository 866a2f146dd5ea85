import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { prepareAgents } from './agents.mjs';
import { runChecks, staticChecks } from './check.mjs';
import { findChromium, installChromium } from './chromium.mjs';
import { root, toolsFolder } from './paths.mjs';
import { run } from './processes.mjs';
import { StepFailed } from './progress.mjs';
import { build } from './set-up.mjs';
import { playwrightTotals, vitestTotals } from './totals.mjs';

/** @typedef {ReturnType<typeof import('./progress.mjs').makeProgress>} Progress */
/** @typedef {import('./toolchain.mjs').Toolchain} Toolchain */
/** @typedef {import('./totals.mjs').Totals} Totals */

const reports = join(toolsFolder, 'reports');

/**
 * Runs every check and every test, those in a real browser included, and ends with the totals.
 *
 * @param {Toolchain} toolchain
 * @param {Progress} progress
 * @returns {Promise<number>} the exit code
 */
export async function testEverything(toolchain, progress) {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  await prepareAgents(progress);
  const failedChecks = await runChecks(staticChecks, toolchain, progress);
  const unit = await runVitest(toolchain, progress);
  const browser = await runPlaywright(toolchain, progress);
  const skipped = unit.skipped + browser.skipped;
  const failed = unit.failed + browser.failed;
  if (failedChecks.length > 0) progress.write(`Failed checks: ${failedChecks.join(', ')}\n`);
  if (skipped > 0) progress.write(`${skipped} skipped\n`);
  progress.write(`${unit.passed + browser.passed} passed, ${failed} failed\n`);
  return failed + failedChecks.length === 0 ? 0 : 1;
}

/**
 * @param {Toolchain} toolchain
 * @param {Progress} progress
 */
async function runVitest({ env }, progress) {
  const report = join(reports, 'vitest.json');
  const flags = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return measured('unit and integration tests', progress, async () => {
    const { code, log } = await run('vitest', flags, { env });
    return { totals: vitestTotals(report, code), log };
  });
}

/**
 * @param {Toolchain} toolchain
 * @param {Progress} progress
 */
async function runPlaywright(toolchain, progress) {
  try {
    await build(toolchain, progress);
    const chromium =
      findChromium(toolchain.env) ??
      (await progress.step('install Chromium', () => installChromium(toolchain)));
    return await browserTests({ ...toolchain.env, ...(chromium && { CHROMIUM_PATH: chromium }) }, progress);
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    progress.write(`\n${error.message}\n\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {Progress} progress
 */
async function browserTests(env, progress) {
  const cwd = join(root, 'e2e');
  const report = join(reports, 'playwright.json');
  const cli = join(cwd, 'node_modules', '.bin', 'playwright');
  if (!existsSync(cli)) throw new StepFailed(`Playwright is not installed at ${cli}.`);
  return measured('browser tests', progress, async () => {
    const settings = { cwd, env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report } };
    const { code, log } = await run(cli, ['test', '--reporter=list,json'], settings);
    return { totals: playwrightTotals(report, code), log };
  });
}

/**
 * @param {string} title
 * @param {Progress} progress
 * @param {() => Promise<{ totals: Totals, log: string }>} work
 * @returns {Promise<Totals>}
 */
async function measured(title, progress, work) {
  const began = Date.now();
  const { totals, log } = await work();
  const mark = totals.failed === 0 ? 'ok' : '--';
  if (totals.failed > 0) progress.write(`\n${log.trimEnd()}\n\n`);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  progress.write(`  ${mark}  ${title}: ${totals.passed} passed, ${totals.failed} failed (${seconds} s)\n`);
  return totals;
}
