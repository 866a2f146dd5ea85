import type { Reporter } from '../core/reporter.ts';
import type { Clock } from '../types/clock.ts';
import type { DeadLetter, DeadLetterKey, DeadLetterStore } from './dead-letter-store.ts';
import type { FailedDelivery } from './delivery.ts';
import type { EventLog } from './event-log.ts';

/** What a desk is made of. */
export type DeadLetterDeskParts = {
  readonly store: DeadLetterStore;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly reporter: Reporter;
  /** Hears of each letter once it is kept. */
  readonly onKept: (failure: FailedDelivery) => void;
  readonly onFault: (error: unknown) => void;
};

/** Keeps what a bus has given up, says so, and lets go of what was delivered after all. */
export class DeadLetterDesk {
  readonly #parts: DeadLetterDeskParts;

  constructor(parts: DeadLetterDeskParts) {
    this.#parts = parts;
  }

  /** A store that fails is reported and holds nobody up: the event is still in the log. */
  async keep(failure: FailedDelivery): Promise<void> {
    const { store, reporter, clock, onKept, onFault } = this.#parts;
    const { subscriberId, topic, attempts, error } = failure;
    reporter.metrics.increment('event_dead_letters_total', { subscriber_id: subscriberId });
    reporter.error('An event could not be delivered', error, { subscriberId, topic, attempts });
    try {
      const event = await this.#untouched(failure);
      await store.put({ event, subscriberId, topic, attempts, error: String(error), failedAt: clock.now() });
    } catch (fault) {
      onFault(fault);
    }
    onKept(failure);
  }

  list(subscriberId?: string): Promise<readonly DeadLetter[]> {
    return this.#parts.store.list(subscriberId === undefined ? {} : { subscriberId });
  }

  async discard(key: DeadLetterKey): Promise<void> {
    await this.#parts.store.remove(key);
  }

  // A handler may have changed what it was given; the log has the event as it was.
  async #untouched({ event }: FailedDelivery): Promise<DeadLetter['event']> {
    const [found] = await this.#parts.log.after(event.seq - 1, {}, 1);
    return found?.id === event.id ? found : event;
  }
}
