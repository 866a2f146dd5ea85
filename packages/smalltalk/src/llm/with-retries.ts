import { delayAfter, type RetryPolicy } from '../events/retry-policy.ts';
import { type Clock, systemClock } from '../types/clock.ts';
import type { LanguageModel, ModelPart, ModelRequest } from '../types/language-model.ts';
import { ModelError } from '../types/model-error.ts';

/** Three attempts, with some 2 and 4 seconds between them. */
export const MODEL_RETRY_POLICY: RetryPolicy = {
  maxAttempts: 3,
  firstDelayMs: 2000,
  multiplier: 2,
  maxDelayMs: 60_000,
};

/** How failed calls are tried again. */
export type ModelRetryOptions = {
  readonly policy?: RetryPolicy;
  readonly clock?: Clock;
  /** 0 to 1: what portion of a delay is taken off, so that many callers do not come back at once. */
  readonly jitter?: () => number;
  /** Hears of each failure that is tried again. */
  readonly onRetry?: (error: ModelError, attempt: number) => void;
};

/**
 * Asks again what failed for a reason that passes, and no sooner than the provider allows.
 *
 * Once something of the answer has been handed on a failure is final, for nobody can take words back. Where the
 * provider wants a rest longer than the policy's longest delay, waiting is left to the caller.
 */
export function withRetries(
  model: LanguageModel,
  {
    policy = MODEL_RETRY_POLICY,
    clock = systemClock,
    jitter = randomJitter,
    onRetry,
  }: ModelRetryOptions = {},
): LanguageModel {
  async function* stream(request: ModelRequest): AsyncGenerator<ModelPart> {
    for (let attempt = 1; ; attempt += 1) {
      let isBegun = false;
      try {
        for await (const part of model.stream(request)) {
          isBegun = true;
          yield part;
        }
        return;
      } catch (error) {
        if (isBegun || !(error instanceof ModelError)) throw error;
        await rest(error, attempt, request.signal);
      }
    }
  }

  async function rest(error: ModelError, attempt: number, signal = new AbortController().signal) {
    const wait = waitAfter(error, attempt);
    if (wait === undefined) throw error;
    onRetry?.(error, attempt);
    await clock.sleep(wait, signal);
    if (signal.aborted) throw new ModelError('aborted', 'The call was called off', { cause: error });
  }

  function waitAfter(error: ModelError, attempt: number): number | undefined {
    if (error.recovery !== 'retry') return undefined;
    const delay = delayAfter(attempt, policy);
    if (delay === undefined || (error.retryAfterMs ?? 0) > policy.maxDelayMs) return undefined;
    return Math.max(delay * (1 - jitter()), error.retryAfterMs ?? 0);
  }

  return { stream };
}

function randomJitter(): number {
  return Math.random() / 4;
}
