import { appendFileSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from './paths.mjs';

/** Where the reporter below writes; its runner reads it while the tests go on. */
export const testFilesLog = 'THALOGOS_TEST_FILES_LOG';

/**
 * A Vitest reporter that notes each test file when it begins and when it ends, so that a run that hangs can
 * say in which file.
 */
class TestFilesReporter {
  /** @param {{ moduleId: string }} file */
  onTestModuleStart(file) {
    note('begun', file.moduleId);
  }

  /** @param {{ moduleId: string }} file */
  onTestModuleEnd(file) {
    note('ended', file.moduleId);
  }
}

// Vitest loads a reporter by its file and takes what is the default there.
export { TestFilesReporter as default, TestFilesReporter };

/**
 * Reads how far a run has come.
 *
 * @param {string} log
 * @returns {{ ended: number, running: string[] }}
 */
export function testFiles(log) {
  const running = new Set();
  let ended = 0;
  for (const line of readLines(log)) {
    const [what, file] = line.split('\t');
    if (what === 'begun') running.add(file);
    else if (running.delete(file)) ended += 1;
  }
  return { ended, running: [...running] };
}

/**
 * @param {'begun' | 'ended'} what
 * @param {string} moduleId
 */
function note(what, moduleId) {
  const log = process.env[testFilesLog];
  if (log) appendFileSync(log, `${what}\t${relative(root, moduleId)}\n`);
}

/** @param {string} log */
function readLines(log) {
  try {
    return readFileSync(log, 'utf8').split('\n').filter(Boolean);
  } catch {
    // No test file has begun yet.
    return [];
  }
}
