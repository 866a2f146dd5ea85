import type { LogEvent } from '../types/event.ts';
import type { Consumer } from './consumer.ts';
import type { EventFilter, EventLog } from './event-log.ts';

const PAGE = 1000;

/** The newest `limit` events that match, oldest first, holding no more than twice as many in memory. */
export async function newestEvents(
  log: EventLog,
  filter: EventFilter,
  limit: number,
): Promise<readonly LogEvent[]> {
  let newest: LogEvent[] = [];
  for (let from = 0; ; ) {
    const page = await log.after(from, filter, PAGE);
    newest = [...newest, ...page].slice(-limit);
    const end = page.at(-1);
    if (end === undefined || page.length < PAGE) return newest;
    from = end.seq;
  }
}

/** Hands each consumer, beside the others, what it has not handled yet; gives how many events reached someone. */
export async function replayTo(
  consumers: readonly Consumer[],
  events: readonly LogEvent[],
  queued: (change: number) => void,
): Promise<number> {
  const reached = new Set<string>();
  const replayOne = async (consumer: Consumer) => {
    const unhandled = await consumer.unhandled(events);
    queued(unhandled.length);
    for (const event of unhandled) {
      if ((await consumer.deliver(event)) === 'delivered') reached.add(event.id);
      queued(-1);
    }
  };
  await Promise.all(consumers.map(replayOne));
  return reached.size;
}
