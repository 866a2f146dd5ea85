import type { Clock } from '../types/clock.ts';

/** How long some work may take, and who else may end it. */
export type TimeLimit = {
  readonly ms: number;
  readonly clock: Clock;
  /** What was not done in time, for the error. */
  readonly what: string;
  readonly signal?: AbortSignal | undefined;
};

/** Some work has taken longer than it may. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/** Does some work, and rejects with a `TimeLimitError` when it takes too long; its signal aborts then. */
export async function withinTime<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { ms, clock, what, signal }: TimeLimit,
): Promise<T> {
  const controller = new AbortController();
  const ended = new AbortController();
  const abort = () => {
    controller.abort(signal?.reason);
  };
  if (signal?.aborted === true) abort();
  signal?.addEventListener('abort', abort, { once: true });
  const late = clock.sleep(ms, ended.signal).then((): never => {
    // When the work came first nobody listens to this any more.
    const error = new TimeLimitError(`${what} took longer than ${String(ms)} ms`);
    controller.abort(error);
    throw error;
  });
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    ended.abort();
    late.catch(() => undefined);
    signal?.removeEventListener('abort', abort);
  }
}
