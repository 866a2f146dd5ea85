import { describe, expect, it } from 'vitest';
import { shouldRetry } from './retry-policy.ts';
import { makeTaskRecord } from './test-task.ts';

const CRASH = { class: 'crash', message: 'died with signal 9', retryable: true };

describe('trying again', () => {
  it('happens once after a failure that may not happen again', () => {
    expect(shouldRetry(makeTaskRecord(), CRASH, 2)).toBe(true);
  });
  it('stops at the limit', () => {
    const failures = { count: 1, fingerprint: 'network: cut off' };
    expect(shouldRetry(makeTaskRecord({ failures }), CRASH, 2)).toBe(false);
  });
  it('does not happen after the same failure twice running, however high the limit', () => {
    const failures = { count: 1, fingerprint: 'crash: died with signal #' };
    expect(shouldRetry(makeTaskRecord({ failures }), CRASH, 9)).toBe(false);
  });
  it('never happens where it can not help', () => {
    expect(shouldRetry(makeTaskRecord(), { ...CRASH, retryable: false }, 9)).toBe(false);
  });
});
