import type { LogEvent } from '../types/event.ts';
import type { EventFilter, EventLog } from './event-log.ts';

const PAGE = 1000;

/** Which events are wanted: the newest `limit` above `from` that match the filter. */
export type NewestQuery = { readonly filter: EventFilter; readonly limit: number; readonly from?: number };

/** The newest events that match, oldest first, holding no more than twice as many in memory. */
export async function newestEvents(
  log: EventLog,
  { filter, limit, from = 0 }: NewestQuery,
): Promise<readonly LogEvent[]> {
  let newest: LogEvent[] = [];
  for (let seen = from; ; ) {
    const page = await log.after(seen, filter, PAGE);
    newest = [...newest, ...page].slice(-limit);
    const end = page.at(-1);
    if (end === undefined || page.length < PAGE) return newest;
    seen = end.seq;
  }
}
