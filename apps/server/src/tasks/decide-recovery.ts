import { fingerprint, type TaskRecord } from './task.ts';

/** A failure, as far as trying again is concerned. */
export interface Failure {
  readonly class: string;
  readonly message: string;
  readonly retryable: boolean;
}

/**
 * Whether a failed task is tried again without asking: only where trying again can help,
 * never past the limit, and never after the same failure twice running.
 */
export function shouldRetry(task: TaskRecord, failure: Failure, attempts: number): boolean {
  if (!failure.retryable) return false;
  const { count, fingerprint: last } = task.failures;
  return count + 1 < attempts && last !== fingerprint(failure);
}
