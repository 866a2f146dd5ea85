import { readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */

/** A run that left no readable report: something is wrong that no test could count. */
const broken = { passed: 0, failed: 1, skipped: 0 };

/**
 * Reads the totals of a Vitest JSON report. A file that could not even be loaded has no tests to count and
 * is one failure.
 *
 * @param {string} file
 * @param {number} exitCode
 * @returns {Totals}
 */
export function vitestTotals(file, exitCode) {
  const report = readReport(file);
  if (report === undefined) return broken;
  const unloadable = report.testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ suite) =>
      suite.status === 'failed' && suite.assertionResults.length === 0,
  );
  return honest(exitCode, {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable.length,
    skipped: report.numPendingTests + report.numTodoTests,
  });
}

/**
 * Reads the totals of a Playwright JSON report; a test that passed only when repeated has failed.
 *
 * @param {string} file
 * @param {number} exitCode
 * @returns {Totals}
 */
export function playwrightTotals(file, exitCode) {
  const report = readReport(file);
  if (report === undefined) return broken;
  const { expected, unexpected, flaky, skipped } = report.stats;
  return honest(exitCode, { passed: expected, failed: unexpected + flaky, skipped });
}

/**
 * @param {number} exitCode
 * @param {Totals} totals
 * @returns {Totals}
 */
function honest(exitCode, totals) {
  return exitCode !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
}

/** @param {string} file */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // The run died before it wrote one; its exit code and log tell why.
    return undefined;
  }
}
