import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TestFilesReporter, testFiles, testFilesLog } from './test-files.mjs';
import { root } from './paths.mjs';

const folder = mkdtempSync(join(tmpdir(), 'test-files-'));

describe('the notes of a test run', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  it('name the files that began and did not end', () => {
    const log = join(folder, 'files.log');
    vi.stubEnv(testFilesLog, log);
    const reporter = new TestFilesReporter();
    reporter.onTestModuleStart({ moduleId: join(root, 'a.test.ts') });
    reporter.onTestModuleStart({ moduleId: join(root, 'b.test.ts') });
    reporter.onTestModuleEnd({ moduleId: join(root, 'a.test.ts') });
    expect(testFiles(log)).toEqual({ ended: 1, running: ['b.test.ts'] });
  });

  it('are empty before the first file', () => {
    expect(testFiles(join(folder, 'none.log'))).toEqual({ ended: 0, running: [] });
  });
});
