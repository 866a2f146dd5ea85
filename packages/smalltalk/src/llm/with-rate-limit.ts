import { type Clock, systemClock } from '../types/clock.ts';
import type { LanguageModel, ModelPart, ModelRequest } from '../types/language-model.ts';
import { ModelError } from '../types/model-error.ts';

/** How often models may be asked. */
export type ModelRateLimit = { readonly requestsPerMinute: number; readonly clock?: Clock };

/** Spreads calls over time: no more than so many begin within any minute, the others wait for their turn in order. */
export function withRateLimit(
  model: LanguageModel,
  { requestsPerMinute, clock = systemClock }: ModelRateLimit,
): LanguageModel {
  const begun: number[] = [];
  let queue: Promise<void> = Promise.resolve();

  async function takeTurn(signal: AbortSignal): Promise<void> {
    for (;;) {
      if (signal.aborted) return;
      const now = clock.now();
      while (begun[0] !== undefined && begun[0] <= now - 60_000) begun.shift();
      if (begun.length < requestsPerMinute) break;
      await clock.sleep((begun[0] ?? now) + 60_000 - now, signal);
    }
    begun.push(clock.now());
  }

  return {
    async *stream(request: ModelRequest): AsyncGenerator<ModelPart> {
      const signal = request.signal ?? new AbortController().signal;
      const turn = queue.then(() => takeTurn(signal));
      queue = turn;
      await turn;
      if (signal.aborted)
        throw new ModelError('aborted', 'The call was called off while it waited for its turn');
      yield* model.stream(request);
    },
  };
}
