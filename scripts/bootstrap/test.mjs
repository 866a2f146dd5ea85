import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { prepareAgents } from './agents.mjs';
import { runChecks, staticChecks } from './check.mjs';
import { findChromium, installChromium } from './chromium.mjs';
import { root, toolsFolder } from './paths.mjs';
import { run } from './processes.mjs';
import { StepFailed } from './progress.mjs';
import { prepareRedis } from './redis.mjs';
import { prepareSandbox } from './sandbox.mjs';
import { build } from './set-up.mjs';
import { testFiles, testFilesLog } from './test-files.mjs';
import { playwrightTotals, vitestTotals } from './totals.mjs';

/** @typedef {ReturnType<typeof import('./progress.mjs').makeProgress>} Progress */
/** @typedef {import('./toolchain.mjs').Toolchain} Toolchain */
/** @typedef {import('./totals.mjs').Totals} Totals */

const reports = join(toolsFolder, 'reports');
/** What Node has compiled of our sources: tests start the server some two hundred times. */
const compileCache = join(toolsFolder, 'compile-cache');

const reporter = join(root, 'scripts', 'bootstrap', 'test-files.mjs');

/** Three times what each takes on two busy cores: a run that hangs ends, and says where it hung. */
const limits = { vitest: 1800, playwright: 1200 };

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
  await prepareRedis(progress);
  await prepareSandbox(progress);
  // Lint alone takes one core to its end: the build fits beside it.
  const [failedChecks, isBuilt] = await Promise.all([
    runChecks(staticChecks, toolchain, progress),
    builds(toolchain, progress),
  ]);
  const unit = await runVitest(toolchain, progress, isBuilt);
  const browser = isBuilt ? await runPlaywright(toolchain, progress) : { passed: 0, failed: 1, skipped: 0 };
  const skipped = unit.skipped + browser.skipped;
  const failed = unit.failed + browser.failed;
  if (failedChecks.length > 0) progress.write(`Failed checks: ${failedChecks.join(', ')}\n`);
  if (skipped > 0) progress.write(`${skipped} skipped\n`);
  progress.write(`${unit.passed + browser.passed} passed, ${failed} failed\n`);
  return failed + failedChecks.length === 0 ? 0 : 1;
}

/**
 * The tests run what was built, as people do; it also starts in a third of the time.
 *
 * @param {Toolchain} toolchain
 * @param {Progress} progress
 */
async function builds(toolchain, progress) {
  try {
    await build(toolchain, progress);
    return true;
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    progress.write(`\n${error.message}\n\n`);
    return false;
  }
}

/**
 * @param {Toolchain} toolchain
 * @param {Progress} progress
 * @param {boolean} isBuilt
 */
async function runVitest({ env }, progress, isBuilt) {
  const report = join(reports, 'vitest.json');
  const files = join(reports, 'vitest-files.log');
  const flags = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const settings = {
    env: { ...env, ...ofPrograms(isBuilt), [testFilesLog]: files },
    limitSeconds: limits.vitest,
  };
  return measured('unit and integration tests', progress, async () => {
    const stopTelling = tellProgress(files, progress);
    const { code, log, timedOut } = await run('vitest', [...flags, `--reporter=${reporter}`], settings);
    stopTelling();
    const hung = timedOut ? `Still running: ${testFiles(files).running.join(', ') || 'none'}\n` : '';
    return { totals: vitestTotals(report, code), log: `${log}${hung}` };
  });
}

/**
 * Nobody watches CI live: a line a minute tells later where a run that never ended stood.
 *
 * @param {string} files
 * @param {Progress} progress
 * @returns {() => void} stops it
 */
function tellProgress(files, progress) {
  if (!process.env.CI) return () => {};
  const timer = setInterval(() => {
    const { ended, running } = testFiles(files);
    progress.write(`      ${ended} test files done, at ${running.join(', ')}\n`);
  }, 60_000);
  return () => clearInterval(timer);
}

/**
 * @param {Toolchain} toolchain
 * @param {Progress} progress
 */
async function runPlaywright(toolchain, progress) {
  try {
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
    const settings = {
      cwd,
      env: { ...env, ...ofPrograms(true), PLAYWRIGHT_JSON_OUTPUT_FILE: report },
      limitSeconds: limits.playwright,
    };
    const { code, log } = await run(cli, ['test', '--reporter=list,json'], settings);
    return { totals: playwrightTotals(report, code), log };
  });
}

/**
 * How servers and command lines under test are started.
 *
 * @param {boolean} isBuilt
 * @returns {Record<string, string>}
 */
function ofPrograms(isBuilt) {
  return { NODE_COMPILE_CACHE: compileCache, THALOGOS_TEST_BUILT: isBuilt ? '1' : '0' };
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
