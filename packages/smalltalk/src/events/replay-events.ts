import type { LogEvent } from '../types/event.ts';
import type { Consumer } from './consumer.ts';

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
