import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { playwrightTotals, vitestTotals } from './totals.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'thalogos-totals-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** @param {unknown} content */
function report(content) {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const vitestReport = {
  numPassedTests: 7,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 0,
  testResults: [],
};

describe('the totals', () => {
  it('are those of the Vitest report', () => {
    expect(vitestTotals(report(vitestReport), 0)).toEqual({ passed: 7, failed: 0, skipped: 1 });
  });

  it('count a file that could not be loaded as one failure', () => {
    const file = report({ ...vitestReport, testResults: [{ status: 'failed', assertionResults: [] }] });
    expect(vitestTotals(file, 1)).toEqual({ passed: 7, failed: 1, skipped: 1 });
  });

  it('are never all passed when the run itself failed', () => {
    expect(vitestTotals(report(vitestReport), 1).failed).toBe(1);
  });

  it('count a run without a report as one failure', () => {
    expect(vitestTotals(join(folder, 'not-there.json'), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('count a browser test that passed only when repeated as failed', () => {
    const file = report({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 0 } });
    expect(playwrightTotals(file, 1)).toEqual({ passed: 3, failed: 2, skipped: 0 });
  });
});
