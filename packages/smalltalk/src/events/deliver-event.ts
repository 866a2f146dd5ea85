import type { Clock } from '../types/clock.ts';
import type { LogEvent } from '../types/event.ts';
import type { BusCounters } from './bus-counters.ts';
import type { Delivery, EventHandler, FailedDelivery } from './delivery.ts';
import type { ProcessedIds } from './processed-ids.ts';
import { delayAfter, type RetryPolicy } from './retry-policy.ts';

/** Who gets an event, and what keeps the delivery honest. */
export type DeliveryContext = {
  readonly subscriberId: string;
  readonly topic: string;
  readonly handler: EventHandler;
  readonly processed: ProcessedIds;
  readonly retry: RetryPolicy;
  readonly clock: Clock;
  readonly counters: BusCounters;
  /** Awaited before the next event: what is given up is kept first. */
  readonly onGivenUp: (failure: FailedDelivery) => Promise<void>;
};

/** Whether the subscriber has handled the event under this topic, as far as it is remembered. */
export function isProcessed(event: LogEvent, { processed, topic }: DeliveryContext): boolean {
  return processed.has(processedKey(event, topic));
}

/**
 * Hands an event to its handler until it succeeds, the attempts are used up or the signal aborts.
 *
 * It counts as processed only after the handler has succeeded, and is then never handed over again.
 */
export async function deliverEvent(
  event: LogEvent,
  context: DeliveryContext,
  signal: AbortSignal,
): Promise<Delivery> {
  const { subscriberId, topic, handler, processed, retry, clock, counters, onGivenUp } = context;
  if (isProcessed(event, context)) return 'duplicate';
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      await handler(event.payload, event);
      processed.add(processedKey(event, topic), clock.now());
      counters.delivered();
      return 'delivered';
    } catch (error) {
      const delay = delayAfter(attempt, retry);
      if (delay === undefined) {
        await onGivenUp({ event, subscriberId, topic, attempts: attempt, error });
        return 'given-up';
      }
      counters.queued(1);
      await clock.sleep(delay, signal);
      counters.queued(-1);
    }
  }
  return 'stopped';
}

// By topic too: an event that matches two patterns of one subscriber is meant for both of its handlers.
function processedKey(event: LogEvent, topic: string): string {
  return `${event.id} ${topic}`;
}
