import type { Clock } from '../types/clock.ts';
import { NO_LONGER_NEEDED } from '../utils/no-longer-needed.ts';

/** How long some work may take, and who else may end it. */
export type TimeLimit = {
  readonly ms: number;
  readonly clock: Clock;
  /** What was not done in time, for the error. */
  readonly what: string;
  readonly signal?: AbortSignal | undefined;
};

/** Some work has taken longer than it may. */
class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/** Does some work; rejects when it takes too long or its signal aborts, whether or not the work listens to that. */
export async function withinTime<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { ms, clock, what, signal }: TimeLimit,
): Promise<T> {
  const controller = new AbortController();
  const ended = new AbortController();
  const late = clock.sleep(ms, ended.signal).then((): never => {
    // When the work came first nobody listens to this any more.
    const error = new TimeLimitError(`${what} took longer than ${String(ms)} ms`);
    controller.abort(error);
    throw error;
  });
  const { calledOff, forget } = listen(signal, () => {
    const error = new TimeLimitError(`${what} was called off`);
    controller.abort(error);
    return error;
  });
  try {
    return await Promise.race([work(controller.signal), late, calledOff]);
  } finally {
    ended.abort(NO_LONGER_NEEDED);
    late.catch(() => undefined);
    forget();
  }
}

function listen(signal: AbortSignal | undefined, toError: () => Error) {
  let forget = (): void => undefined;
  const calledOff = new Promise<never>((_, reject) => {
    if (signal === undefined) return;
    const abort = () => {
      reject(toError());
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    forget = () => {
      signal.removeEventListener('abort', abort);
    };
  });
  calledOff.catch(() => undefined); // Only who waits for the work meets it.
  return {
    calledOff,
    forget: () => {
      forget();
    },
  };
}
