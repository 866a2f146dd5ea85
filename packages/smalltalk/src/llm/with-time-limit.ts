import { type Clock, systemClock } from '../types/clock.ts';
import type { LanguageModel, ModelPart, ModelRequest } from '../types/language-model.ts';
import { ModelError } from '../types/model-error.ts';
import { NO_LONGER_NEEDED } from '../utils/no-longer-needed.ts';

/** How long a model may be silent, in milliseconds. */
export type ModelTimeLimits = {
  /** Until the first piece of its answer (60,000). */
  readonly firstMs?: number;
  /** Between two pieces (30,000). */
  readonly betweenMs?: number;
  readonly clock?: Clock;
};

/** Ends a call that stays silent for too long, and closes its connection. */
export function withTimeLimit(
  model: LanguageModel,
  { firstMs = 60_000, betweenMs = 30_000, clock = systemClock }: ModelTimeLimits = {},
): LanguageModel {
  return {
    async *stream(request: ModelRequest): AsyncGenerator<ModelPart> {
      const ending = new AbortController();
      const signal = request.signal ? AbortSignal.any([request.signal, ending.signal]) : ending.signal;
      const parts = model.stream({ ...request, signal })[Symbol.asyncIterator]();
      try {
        for (let limit = firstMs; ; limit = betweenMs) {
          const next = await within(parts.next(), limit, clock);
          if (next === 'late')
            throw new ModelError('timeout', `The model was silent for ${String(limit)} ms`);
          if (next.done === true) return;
          yield next.value;
        }
      } finally {
        ending.abort(NO_LONGER_NEEDED);
        parts.return?.().catch(() => undefined);
      }
    },
  };
}

async function within<T>(work: Promise<T>, ms: number, clock: Clock): Promise<T | 'late'> {
  const patience = new AbortController();
  // After an abort the sleep ends as well, and the work has won long since.
  const late = clock.sleep(ms, patience.signal).then(() => 'late' as const);
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    patience.abort(NO_LONGER_NEEDED);
  }
}
