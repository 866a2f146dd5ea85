/** How often and how patiently something that failed is tried again. */
export type RetryPolicy = {
  /** The first one counts; at least 1. */
  readonly maxAttempts: number;
  /** Milliseconds between the first attempt and the second. */
  readonly firstDelayMs: number;
  /** By how much each delay exceeds the one before it; at least 1. */
  readonly multiplier: number;
  /** No delay is longer, in milliseconds. */
  readonly maxDelayMs: number;
};

/** Five attempts within some 1.5 seconds. */
export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  maxAttempts: 5,
  firstDelayMs: 100,
  multiplier: 2,
  maxDelayMs: 30_000,
};

/** Milliseconds to wait after the attempt with this number (1 is the first), or undefined when it was the last. */
export function delayAfter(attempt: number, policy: RetryPolicy): number | undefined {
  if (attempt >= policy.maxAttempts) return undefined;
  return Math.min(policy.firstDelayMs * policy.multiplier ** (attempt - 1), policy.maxDelayMs);
}
