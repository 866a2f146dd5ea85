import type { NewEvent } from '../types/event.ts';
import type { EventLog } from './event-log.ts';

const MAX_BATCH = 1000;

type Pending = {
  readonly event: NewEvent;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/** Writes what is published at the same time with one commit, in the order in which it was published. */
export class PublishQueue {
  readonly #log: EventLog;
  #pending: Pending[] = [];
  #draining: Promise<void> | undefined;

  constructor(log: EventLog) {
    this.#log = log;
  }

  /** Resolves when the event is in the log; the payload is read at the end of the current turn. */
  append(event: NewEvent): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ event, resolve, reject });
      this.#draining ??= endOfTurn().then(() => this.#drain());
    });
  }

  /** Resolves when nothing is waiting to be written. */
  async idle(): Promise<void> {
    await this.#draining;
  }

  async #drain(): Promise<void> {
    while (this.#pending.length > 0) {
      const batch = this.#pending.slice(0, MAX_BATCH);
      this.#pending = this.#pending.slice(MAX_BATCH);
      await this.#write(batch);
    }
    this.#draining = undefined;
  }

  // One event that the log refuses must not take down the others that happened to be published with it.
  async #write(batch: readonly Pending[]): Promise<void> {
    try {
      await this.#log.append(batch.map((pending) => pending.event));
      for (const pending of batch) pending.resolve();
    } catch (error) {
      if (batch.length > 1) for (const pending of batch) await this.#write([pending]);
      else for (const pending of batch) pending.reject(error);
    }
  }
}

// Not merely a microtask: someone who publishes one event after the other would never let the subscribers catch up.
function endOfTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
