import type { LogEvent } from '../types/event.ts';
import type { EventFilter, EventLog } from './event-log.ts';

const BATCH = 256;

/** Every matching event after `from`, then every later one, each exactly once and in order, until the signal aborts. */
export async function* follow(
  log: EventLog,
  { from, filter, signal }: { from: number; filter?: EventFilter; signal: AbortSignal },
): AsyncGenerator<LogEvent, void, void> {
  let seen = from;
  while (!signal.aborted) {
    // Read before the events: all that matches up to here is in the batch, so the rest need not be looked at again.
    const head = await log.last();
    const batch = await log.after(seen, filter, BATCH);
    for (const event of batch) {
      if (signal.aborted) return;
      seen = event.seq;
      yield event;
    }
    if (batch.length === BATCH) continue;
    seen = Math.max(seen, head);
    await log.waitForNewer(seen, signal);
  }
}
