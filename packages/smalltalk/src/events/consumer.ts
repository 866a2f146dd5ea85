import type { EventReplayPolicy, LogEvent } from '../types/event.ts';
import type { CursorFlusher } from './cursor-flusher.ts';
import { type DeliveryContext, deliverEvent, isProcessed } from './deliver-event.ts';
import type { Delivery } from './delivery.ts';
import type { EventFilter, EventLog } from './event-log.ts';
import { follow } from './follow.ts';
import { compileTopicPattern } from './topic-pattern.ts';

const FOLLOW_AGAIN_AFTER_MS = 1000;

/** What one subscriber needs to follow one topic. */
export type ConsumerParts = DeliveryContext & {
  /** Its name in the cursor store. */
  readonly key: string;
  readonly filter: EventFilter;
  readonly log: EventLog;
  readonly cursors: CursorFlusher;
  readonly policy: () => EventReplayPolicy;
  readonly onFault: (error: unknown) => void;
  /** Where the consumer that it replaces has got to. */
  readonly origin?: Promise<Origin>;
};

/** Where a consumer starts, and up to where the events were there before it (re)subscribed. */
export type Origin = { readonly from: number; readonly head: number };

/**
 * One subscriber on one topic: it follows the log at its own pace and remembers how far it got.
 *
 * Its events come one at a time and in order; a slow or failing handler keeps nobody else waiting.
 */
export class Consumer {
  readonly #parts: ConsumerParts;
  readonly #matches: (topic: string) => boolean;
  readonly #origin: Promise<Origin>;
  #position = 0;
  #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #left = false;

  /** Its past ends where the log ends at this moment. */
  constructor(parts: ConsumerParts) {
    this.#parts = parts;
    this.#matches = compileTopicPattern(parts.topic);
    this.#origin = parts.origin ?? this.#findOrigin(parts.log.last());
    this.#origin.then(
      ({ from }) => this.#advance(from),
      () => undefined, // Met again, and reported, by whoever starts it.
    );
  }

  get topic(): string {
    return this.#parts.topic;
  }

  get subscriberId(): string {
    return this.#parts.subscriberId;
  }

  /** Begins to deliver, or goes on after a stop; does nothing while it runs. */
  start(): void {
    if (this.#running !== undefined) return;
    this.#stopping = new AbortController();
    this.#running = this.#keepFollowing(this.#stopping.signal);
  }

  /** Delivers nothing more; resolves when the handler that is busy has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([this.#running, this.#turn]);
    this.#running = undefined;
  }

  /** Stops for good, with its busy handler's position unrecorded; a consumer that replaces it goes on from the result. */
  leave(): Promise<Origin> {
    this.#left = true;
    this.#stopping.abort();
    return this.#origin.then(({ head }) => ({ from: this.#position, head }));
  }

  /** Those of the events that it has passed, but not handled successfully. */
  async unhandled(events: readonly LogEvent[]): Promise<readonly LogEvent[]> {
    await this.#origin;
    const { sessionId, conversationId, priority } = this.#parts.filter;
    return events.filter(
      (event) =>
        event.seq <= this.#position &&
        this.#matches(event.topic) &&
        (sessionId === undefined || event.sessionId === sessionId) &&
        (conversationId === undefined || event.conversationId === conversationId) &&
        (priority === undefined || event.priority === priority) &&
        !isProcessed(event, this.#parts),
    );
  }

  /** Hands one event over when those before it are done. */
  deliver(event: LogEvent): Promise<Delivery> {
    const delivery = this.#turn.then(() => deliverEvent(event, this.#parts, this.#stopping.signal));
    this.#turn = delivery.catch(() => undefined);
    return delivery;
  }

  async #findOrigin(last: Promise<number>): Promise<Origin> {
    const { key, cursors, policy } = this.#parts;
    const [head, saved] = await Promise.all([last, cursors.load(key)]);
    // A cursor beyond the log belongs to a log that was since put back to an older state.
    return { from: saved === undefined || policy() === 'none' ? head : Math.min(saved, head), head };
  }

  async #keepFollowing(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#follow(signal);
      } catch (error) {
        if (signal.aborted) return;
        this.#parts.onFault(error);
        await this.#parts.clock.sleep(FOLLOW_AGAIN_AFTER_MS, signal);
      }
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { head } = await this.#origin;
    const { log, filter, clock, counters } = this.#parts;
    for await (const event of follow(log, { from: this.#position, filter, signal })) {
      if (event.seq > head) counters.propagated(event, clock.now());
      const isSkipped = event.seq <= head && !this.#wantsMissed(event);
      if (!isSkipped && (await this.deliver(event)) === 'stopped') return;
      this.#advance(event.seq);
    }
  }

  #wantsMissed(event: LogEvent): boolean {
    const policy = this.#parts.policy();
    return policy === 'full' || (policy === 'critical-only' && event.priority === 'critical');
  }

  #advance(seq: number): void {
    this.#position = seq;
    if (!this.#left) this.#parts.cursors.mark(this.#parts.key, seq);
  }
}
