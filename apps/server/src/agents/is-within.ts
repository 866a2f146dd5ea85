import type { Clock } from '../platform/clock.ts';

/** Whether a promise settles within `ms`; a rejection is passed on. */
export async function isWithin(clock: Clock, work: Promise<unknown>, ms: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const cancel = clock.after(ms, () => resolve(false));
  try {
    return await Promise.race([work.then(() => true), promise]);
  } finally {
    cancel();
  }
}
