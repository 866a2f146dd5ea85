import { EventEmitter } from 'node:events';
import { type Clock, systemClock } from '../types/clock.ts';
import { StorageError, ValidationError } from '../types/errors.ts';
import type { EventPriority, EventReplayPolicy, NewEvent } from '../types/event.ts';
import { newEvent } from '../types/new-event.ts';
import { BusCounters, type EventBusStats } from './bus-counters.ts';
import { Consumer, type ConsumerParts } from './consumer.ts';
import { CursorFlusher } from './cursor-flusher.ts';
import type { CursorStore } from './cursor-store.ts';
import type { EventHandler, FailedDelivery } from './delivery.ts';
import type { EventFilter, EventLog } from './event-log.ts';
import { MemoryCursorStore } from './memory-cursor-store.ts';
import { MemoryEventLog } from './memory-event-log.ts';
import { ProcessedIds, PROCESSED_LIMIT } from './processed-ids.ts';
import { PublishQueue } from './publish-queue.ts';
import { newestEvents, replayTo } from './replay-events.ts';
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from './retry-policy.ts';
import { validateEvent } from './validate-event.ts';

/** What an event may carry beside its topic and payload. */
export type PublishOptions = Partial<
  Pick<NewEvent, 'priority' | 'sessionId' | 'conversationId' | 'metadata'>
>;

/** Which of a topic's events a subscriber wants; what is absent does not restrict. */
export type SubscribeOptions = Pick<EventFilter, 'priority' | 'sessionId' | 'conversationId'>;

/** Which missed events are to be replayed; `since` and `until` are milliseconds since 1970, inclusive. */
export type ReplayOptions = {
  readonly since?: number;
  readonly until?: number;
  /** Overrides what the replay policy says about priority. */
  readonly priority?: EventPriority;
  readonly topics?: readonly string[];
  /** The newest are kept; 10,000 unless told otherwise, which is as far as the memory for duplicates reaches. */
  readonly limit?: number;
};

/** What a bus is made of; everything has a default that lives in memory. */
export type EventBusOptions = {
  readonly log?: EventLog;
  readonly cursors?: CursorStore;
  readonly clock?: Clock;
  readonly retry?: RetryPolicy;
  /** How many deliveries are remembered for each subscriber (10,000). */
  readonly processedLimit?: number;
  /** How long `stop` waits for handlers that are busy, in milliseconds (30,000). */
  readonly stopTimeoutMs?: number;
};

/** What a bus tells about itself. */
export type EventBusSignals = {
  /** A handler has failed for the last time; the event stays in the log and can be replayed. */
  delivery_failed: [FailedDelivery];
  /** The log or the cursor store has failed; the bus tries again. */
  fault: [unknown];
};

type Subscriber = { readonly processed: ProcessedIds; policy: EventReplayPolicy };

/**
 * Delivers the events of a log to whoever subscribes to their topics: at least once, in order, each at its own pace.
 *
 * It follows the log, so events that were appended by someone else are delivered like those that were published here.
 * Deliveries begin with `initialize`; a subscriber gets what is appended from the moment it subscribes. One that
 * returns after a restart of the process also gets what it missed, by its replay policy.
 */
export class EventBus extends EventEmitter<EventBusSignals> {
  readonly #log: EventLog;
  readonly #clock: Clock;
  readonly #retry: RetryPolicy;
  readonly #limits: { readonly processed: number; readonly stopMs: number };
  readonly #queue: PublishQueue;
  readonly #cursors: CursorFlusher;
  readonly #counters = new BusCounters();
  readonly #subscribers = new Map<string, Subscriber>();
  readonly #consumers = new Map<string, Consumer>();
  #weighing: Promise<void> | undefined;
  #running = false;

  constructor(options: EventBusOptions = {}) {
    super();
    const { log = new MemoryEventLog(), cursors = new MemoryCursorStore(), clock = systemClock } = options;
    this.#log = log;
    this.#clock = clock;
    this.#retry = options.retry ?? DEFAULT_RETRY_POLICY;
    this.#limits = {
      processed: options.processedLimit ?? PROCESSED_LIMIT,
      stopMs: options.stopTimeoutMs ?? 30_000,
    };
    this.#queue = new PublishQueue(log);
    this.#cursors = new CursorFlusher({ store: cursors, clock, onFault: this.#reportFault });
  }

  /** Begins to deliver; repeatable, also after a stop. */
  initialize(): Promise<void> {
    this.#running = true;
    for (const consumer of this.#consumers.values()) consumer.start();
    this.#weigh().catch(this.#reportFault); // Takes its time on a long log, and only the statistics want it.
    return Promise.resolve();
  }

  /** Writes what was published, lets busy handlers end, saves every position. Publishing remains possible. */
  async stop(): Promise<void> {
    this.#running = false;
    await this.#queue.idle();
    const patience = new AbortController();
    const stopped = Promise.all([...this.#consumers.values()].map((consumer) => consumer.stop()));
    await Promise.race([stopped, this.#clock.sleep(this.#limits.stopMs, patience.signal)]);
    patience.abort();
    await this.#cursors.flush();
  }

  /** Resolves with the event's id once the log has it; do not change the payload before. */
  async publish<T>(topic: string, payload: T, options: PublishOptions = {}): Promise<string> {
    const event = newEvent({ ...options, topic, payload, timestamp: this.#clock.now() });
    validateEvent(event);
    await this.#queue.append(event);
    this.#counters.published(event.priority);
    this.#weigh().catch(this.#reportFault);
    return event.id;
  }

  /**
   * Hands every event whose topic matches to the handler; subscribing to the same topic again replaces the handler.
   *
   * @returns a function that ends the subscription.
   */
  subscribe<T>(
    topic: string,
    subscriberId: string,
    // The seed's signature: four parameters where the house has three.
    ...[handler, options = {}]: [handler: EventHandler<T>, options?: SubscribeOptions]
  ): () => void {
    assertSubscription(topic, subscriberId, handler);
    const key = consumerKey(subscriberId, topic);
    const origin = this.#consumers.get(key)?.leave();
    const consumer = this.#makeConsumer({
      key,
      topic,
      subscriberId,
      handler,
      options,
      ...(origin && { origin }),
    });
    this.#consumers.set(key, consumer);
    if (this.#running) consumer.start();
    return () => {
      if (this.#consumers.get(key) === consumer) this.unsubscribe(topic, subscriberId);
    };
  }

  /** Ends one subscription and forgets its position; the replay policy stays. */
  unsubscribe(topic: string, subscriberId: string): void {
    const key = consumerKey(subscriberId, topic);
    const consumer = this.#consumers.get(key);
    if (consumer === undefined) return;
    consumer.leave().catch(this.#reportFault);
    this.#consumers.delete(key);
    this.#cursors.delete(key);
  }

  /** Ends every subscription of a subscriber; its replay policy stays. */
  unsubscribeAll(subscriberId: string): void {
    for (const { topic } of this.#consumersOf(subscriberId)) this.unsubscribe(topic, subscriberId);
  }

  /** Hands a subscriber what it has not handled of the past, as its policy allows; gives the number of events. */
  async replay(subscriberId: string, options: ReplayOptions = {}): Promise<number> {
    if (!this.#running) throw new StorageError('The event bus replays only between initialize and stop');
    const policy = this.getReplayPolicy(subscriberId);
    const consumers = this.#consumersOf(subscriberId);
    if (policy === 'none' || consumers.length === 0) return 0;
    const {
      limit = PROCESSED_LIMIT,
      topics = consumers.map((consumer) => consumer.topic),
      ...filter
    } = options;
    const priority: SubscribeOptions = policy === 'critical-only' ? { priority: 'critical' } : {};
    const events = await newestEvents(this.#log, { ...priority, ...filter, topics }, limit);
    return replayTo(consumers, events, (change) => this.#counters.queued(change));
  }

  /** Says what a subscriber gets of the events it misses; to be set before it subscribes. */
  setReplayPolicy(subscriberId: string, policy: EventReplayPolicy): void {
    this.#subscriber(subscriberId).policy = policy;
  }

  /** What a subscriber gets of the events it misses; `critical-only` unless set. */
  getReplayPolicy(subscriberId: string): EventReplayPolicy {
    return this.#subscribers.get(subscriberId)?.policy ?? 'critical-only';
  }

  /** What the bus has done since it was made. */
  getStats(): EventBusStats {
    return this.#counters.stats({ topics: [...this.#consumers.values()].map((consumer) => consumer.topic) });
  }

  readonly #reportFault = (error: unknown): void => {
    this.emit('fault', error);
  };

  #makeConsumer({ options, ...subscription }: Subscription): Consumer {
    const subscriber = this.#subscriber(subscription.subscriberId);
    return new Consumer({
      ...subscription,
      filter: { ...options, topics: [subscription.topic] },
      log: this.#log,
      cursors: this.#cursors,
      clock: this.#clock,
      retry: this.#retry,
      counters: this.#counters,
      processed: subscriber.processed,
      policy: () => subscriber.policy,
      onGivenUp: (failure) => this.emit('delivery_failed', failure),
      onFault: this.#reportFault,
    });
  }

  #subscriber(subscriberId: string): Subscriber {
    const known = this.#subscribers.get(subscriberId);
    if (known !== undefined) return known;
    const subscriber: Subscriber = {
      processed: new ProcessedIds(this.#limits.processed),
      policy: 'critical-only',
    };
    this.#subscribers.set(subscriberId, subscriber);
    return subscriber;
  }

  #consumersOf(subscriberId: string): Consumer[] {
    return [...this.#consumers.values()].filter((consumer) => consumer.subscriberId === subscriberId);
  }

  #weigh(): Promise<void> {
    this.#weighing ??= this.#log
      .sizeBytes()
      .then((bytes) => this.#counters.weighed(bytes))
      .finally(() => (this.#weighing = undefined));
    return this.#weighing;
  }
}

type Subscription = Pick<ConsumerParts, 'key' | 'topic' | 'subscriberId' | 'handler' | 'origin'> & {
  readonly options: SubscribeOptions;
};

function consumerKey(subscriberId: string, topic: string): string {
  return JSON.stringify([subscriberId, topic]);
}

function assertSubscription(topic: string, subscriberId: string, handler: unknown): void {
  const invalid: string[] = [];
  if (topic.trim() === '') invalid.push('topic');
  if (subscriberId.trim() === '') invalid.push('subscriberId');
  if (typeof handler !== 'function') invalid.push('handler');
  if (invalid.length > 0)
    throw new ValidationError(`A subscription needs a valid ${invalid.join(', ')}`, invalid);
}
