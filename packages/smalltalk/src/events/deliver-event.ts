import type { Clock } from '../types/clock.ts';
import type { LogEvent } from '../types/event.ts';
import type { BusCounters } from './bus-counters.ts';
import type { Delivery, EventHandler, FailedDelivery } from './delivery.ts';
import type { ProcessedIds } from './processed-ids.ts';
import type { MetricSink } from '../types/metric-sink.ts';
import type { Tracer } from '../types/tracer.ts';
import { traceWork } from '../utils/trace-work.ts';
import { delayAfter, type RetryPolicy } from './retry-policy.ts';

/** Where an event says in its metadata in which span it was published. */
export const TRACEPARENT = 'traceparent';

/** Who gets an event, and what keeps the delivery honest. */
export type DeliveryContext = {
  readonly subscriberId: string;
  readonly topic: string;
  readonly handler: EventHandler;
  readonly processed: ProcessedIds;
  readonly retry: RetryPolicy;
  readonly clock: Clock;
  readonly counters: BusCounters;
  readonly tracer: Tracer;
  readonly metrics: MetricSink;
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
  const { subscriberId, topic, processed, retry, clock, counters, metrics, onGivenUp } = context;
  if (isProcessed(event, context)) return 'duplicate';
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      await handOver(event, context, attempt);
      processed.add(processedKey(event, topic), clock.now());
      counters.delivered();
      metrics.increment('events_consumed_total', { topic: event.topic, subscriber_id: subscriberId });
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

/** Within the trace of whoever published the event, also where that was another process. */
async function handOver(
  event: LogEvent,
  { handler, tracer, subscriberId }: DeliveryContext,
  attempt: number,
): Promise<void> {
  const traceparent = event.metadata?.[TRACEPARENT];
  if (typeof traceparent !== 'string') return handler(event.payload, event);
  const attributes = {
    'messaging.operation.type': 'process',
    'messaging.destination.name': event.topic,
    'messaging.message.id': event.id,
    'smalltalk.subscriber': subscriberId,
    'smalltalk.attempt': attempt,
  };
  const start = { tracer, name: `deliver ${event.topic}`, attributes, traceparent };
  await traceWork(start, async () => handler(event.payload, event));
}

// By topic too: an event that matches two patterns of one subscriber is meant for both of its handlers.
function processedKey(event: LogEvent, topic: string): string {
  return `${event.id} ${topic}`;
}
