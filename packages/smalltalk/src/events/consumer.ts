import type { EventReplayRule } from '../types/agent-manifest.ts';
import type { LogEvent } from '../types/event.ts';
import type { ClearedHistory } from './cleared-history.ts';
import type { CursorFlusher } from './cursor-flusher.ts';
import { type DeliveryContext, deliverEvent, isProcessed } from './deliver-event.ts';
import type { Delivery } from './delivery.ts';
import type { EventFilter, EventLog } from './event-log.ts';
import { follow } from './follow.ts';
import type { PropagationWatch } from './propagation-watch.ts';
import { newestEvents } from './newest-events.ts';
import { wantedPriority, wantsMissed } from './replay-policy.ts';
import { compileTopicPattern } from './topic-pattern.ts';

const FOLLOW_AGAIN_AFTER_MS = 1000;

/** What one subscriber needs to follow one topic. */
export type ConsumerParts = DeliveryContext & {
  /** Its name in the cursor store. */
  readonly key: string;
  readonly filter: EventFilter;
  readonly log: EventLog;
  readonly cursors: CursorFlusher;
  readonly cleared: ClearedHistory;
  readonly propagation: PropagationWatch;
  readonly rule: () => EventReplayRule;
  /** Hears of missed events that have left the log before they were delivered. */
  readonly onGap: (missed: number) => void;
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
    const { key, cursors, rule } = this.#parts;
    const [head, saved] = await Promise.all([last, cursors.load(key)]);
    // A cursor beyond the log belongs to a log that was since put back to an older state.
    if (saved === undefined || saved >= head || rule().policy === 'none') return { from: head, head };
    return { from: await this.#skipOlder(saved), head };
  }

  /** Where the replay of what was missed begins, by what is still there and how many are wanted. */
  async #skipOlder(saved: number): Promise<number> {
    const { log, filter, rule, cleared, onGap } = this.#parts;
    const [first] = await Promise.all([log.first(), cleared.refresh()]);
    if (first > saved + 1) onGap(first - saved - 1);
    const { maxEvents = 0 } = rule();
    if (maxEvents === 0) return saved;
    const priority = wantedPriority(rule());
    const wanted: EventFilter = priority === undefined ? filter : { ...filter, priority };
    const [oldest] = await newestEvents(log, { filter: wanted, from: saved, limit: maxEvents });
    return oldest === undefined ? saved : oldest.seq - 1;
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
    const { log, filter, clock, propagation } = this.#parts;
    for await (const event of follow(log, { from: this.#position, filter, signal })) {
      if (event.seq > head) propagation.propagated(event, clock.now());
      const isSkipped = event.seq <= head && !this.#wantsMissed(event);
      if (!isSkipped && (await this.deliver(event)) === 'stopped') return;
      this.#advance(event.seq);
    }
  }

  #wantsMissed(event: LogEvent): boolean {
    const { rule, clock, cleared } = this.#parts;
    return wantsMissed(rule(), event, clock.now()) && !cleared.has(event);
  }

  #advance(seq: number): void {
    this.#position = seq;
    if (!this.#left) this.#parts.cursors.mark(this.#parts.key, seq);
  }
}
