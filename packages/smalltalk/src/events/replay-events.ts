import type { LogEvent } from '../types/event.ts';
import type { Consumer } from './consumer.ts';
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

/** How a replay went. */
export type ReplayReport = {
  /** Events that reached a handler, or several. */
  readonly delivered: number;
  /** Events that some handler has refused for the last time. */
  readonly failed: number;
};

/** What a replay tells while it runs. */
export type ReplayHooks = {
  /** More (or, if negative, fewer) deliveries wait. */
  readonly queued: (change: number) => void;
  readonly onDelivered: (consumer: Consumer, event: LogEvent) => Promise<void>;
};

/** Hands each consumer, beside the others, what it has not handled yet. */
export async function replayTo(
  consumers: readonly Consumer[],
  events: readonly LogEvent[],
  { queued, onDelivered }: ReplayHooks,
): Promise<ReplayReport> {
  const reached = new Set<string>();
  const failed = new Set<string>();
  const replayOne = async (consumer: Consumer) => {
    const unhandled = await consumer.unhandled(events);
    queued(unhandled.length);
    for (const event of unhandled) {
      const delivery = await consumer.deliver(event);
      if (delivery === 'delivered') {
        reached.add(event.id);
        await onDelivered(consumer, event);
      }
      if (delivery === 'given-up') failed.add(event.id);
      queued(-1);
    }
  };
  await Promise.all(consumers.map(replayOne));
  return { delivered: reached.size, failed: failed.size };
}
