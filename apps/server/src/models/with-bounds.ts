import { type LanguageModel, ModelError } from '@thalogos/smalltalk';
import type { Clock } from '../platform/clock.ts';

/** How much one answer may be, whatever its model was told. */
export interface AnswerBounds {
  readonly maxCharacters: number;
  /** From the question to the last word. */
  readonly totalMs: number;
  readonly clock: Clock;
}

/** Ends an answer that grows without end or takes too long, and closes its connection. */
export function withBounds(
  model: LanguageModel,
  { maxCharacters, totalMs, clock }: AnswerBounds,
): LanguageModel {
  return {
    async *stream(request) {
      const ending = new AbortController();
      const signal =
        request.signal === undefined ? ending.signal : AbortSignal.any([request.signal, ending.signal]);
      const forget = clock.after(totalMs, () => ending.abort());
      let characters = 0;
      try {
        for await (const part of model.stream({ ...request, signal })) {
          if (part.type === 'text') characters += part.text.length;
          if (characters > maxCharacters) throw tooLong(maxCharacters);
          yield part;
        }
      } catch (cause) {
        if (!ending.signal.aborted || request.signal?.aborted === true) throw cause;
        throw new ModelError('timeout', `The model took longer than ${totalMs / 1000} s`, { cause });
      } finally {
        forget();
        ending.abort();
      }
    },
  };
}

function tooLong(limit: number): ModelError {
  return new ModelError('protocol', `The answer was longer than ${limit} characters and was broken off`);
}
