import { EventEmitter } from 'node:events';
import { Reporter } from '../core/reporter.ts';
import { type Clock, systemClock } from '../types/clock.ts';
import { StorageError, ValidationError } from '../types/errors.ts';
import type { EventReplayRule } from '../types/agent-manifest.ts';
import type { EventReplayPolicy, LogEvent } from '../types/event.ts';
import { jsonLogSink } from '../types/log-sink.ts';
import { noMetrics } from '../types/metric-sink.ts';
import { noTracer, type Tracer } from '../types/tracer.ts';
import { newEvent } from '../types/new-event.ts';
import { ClearedHistory, clearingEvent } from './cleared-history.ts';
import { BusCounters, type EventBusStats } from './bus-counters.ts';
import { Consumer, type ConsumerParts } from './consumer.ts';
import { CursorFlusher } from './cursor-flusher.ts';
import { TRACEPARENT } from './deliver-event.ts';
import { DeadLetterDesk } from './dead-letter-desk.ts';
import type { DeadLetter, DeadLetterStore } from './dead-letter-store.ts';
import {
  DEFAULT_CRITICAL_TOPICS,
  type EventBusOptions,
  type EventBusSignals,
  type PublishOptions,
  type ReplayOptions,
  type SubscribeOptions,
} from './event-bus-options.ts';
import type { EventHandler } from './delivery.ts';
import type { EventLog } from './event-log.ts';
import { EventRetention, type RetentionOptions } from './event-retention.ts';
import { MemoryCursorStore } from './memory-cursor-store.ts';
import { MemoryDeadLetterStore } from './memory-dead-letter-store.ts';
import { MemoryEventLog } from './memory-event-log.ts';
import { ProcessedIds, PROCESSED_LIMIT } from './processed-ids.ts';
import { PropagationWatch } from './propagation-watch.ts';
import { PublishQueue } from './publish-queue.ts';
import { newestEvents } from './newest-events.ts';
import { type ReplayReport, replayTo } from './replay-events.ts';
import { DEFAULT_REPLAY_RULE, toReplayQuery, toReplayRule } from './replay-policy.ts';
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from './retry-policy.ts';
import { compileTopicPatterns } from './topic-pattern.ts';
import { validateEvent } from './validate-event.ts';

type Subscriber = { readonly processed: ProcessedIds; rule: EventReplayRule };

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
  readonly #tracer: Tracer;
  readonly #limits: { readonly processed: number; readonly stopMs: number };
  readonly #queue: PublishQueue;
  readonly #cursors: CursorFlusher;
  readonly #counters: BusCounters;
  readonly #propagation: PropagationWatch;
  readonly #reporter: Reporter;
  readonly #retention: EventRetention | undefined;
  readonly #letters: DeadLetterDesk;
  readonly #cleared: ClearedHistory;
  readonly #isCritical: (topic: string) => boolean;
  readonly #subscribers = new Map<string, Subscriber>();
  readonly #consumers = new Map<string, Consumer>();
  #weighing: Promise<void> | undefined;
  #running = false;
  #sweeping: AbortController | undefined;

  constructor(options: EventBusOptions = {}) {
    super();
    const { log = new MemoryEventLog(), cursors = new MemoryCursorStore(), clock = systemClock } = options;
    const { retry = DEFAULT_RETRY_POLICY, criticalTopics = DEFAULT_CRITICAL_TOPICS } = options;
    this.#log = log;
    this.#clock = clock;
    this.#retry = retry;
    this.#tracer = options.tracer ?? noTracer;
    this.#limits = toLimits(options);
    this.#queue = new PublishQueue(log);
    this.#cursors = new CursorFlusher({ store: cursors, clock, onFault: this.#reportFault });
    this.#reporter = makeReporter(options, clock);
    this.#propagation = new PropagationWatch(this.#reporter);
    this.#counters = new BusCounters(this.#propagation);
    this.#retention = this.#makeRetention(options.retention);
    this.#letters = this.#makeLetters(options.deadLetters);
    this.#cleared = new ClearedHistory(log);
    this.#isCritical = compileTopicPatterns(criticalTopics);
    for (const [subscriberId, policy] of Object.entries(options.replayPolicies ?? {}))
      this.setReplayPolicy(subscriberId, policy);
  }

  /** Begins to deliver; repeatable, also after a stop. */
  initialize(): Promise<void> {
    if (this.#running) return Promise.resolve();
    this.#running = true;
    for (const consumer of this.#consumers.values()) consumer.start();
    this.#sweeping = new AbortController();
    this.#retention?.run(this.#sweeping.signal).catch(this.#reportFault);
    this.#weigh().catch(this.#reportFault); // Takes its time on a long log, and only the statistics want it.
    return Promise.resolve();
  }

  /** Writes what was published, lets busy handlers end, saves every position. Publishing remains possible. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#sweeping?.abort();
    await this.#queue.idle();
    const patience = new AbortController();
    const stopped = Promise.all([...this.#consumers.values()].map((consumer) => consumer.stop()));
    await Promise.race([stopped, this.#clock.sleep(this.#limits.stopMs, patience.signal)]);
    patience.abort();
    await this.#cursors.flush();
  }

  /** Resolves with the event's id once the log has it; do not change the payload before. */
  async publish<T>(topic: string, payload: T, options: PublishOptions = {}): Promise<string> {
    const priority = this.#isCritical(topic) ? 'critical' : 'normal';
    const traced = withTraceparent(options, this.#tracer.current());
    const event = newEvent({ priority, ...traced, topic, payload, timestamp: this.#clock.now() });
    validateEvent(event);
    await this.#queue.append(event);
    this.#counters.published(event.priority);
    this.#reporter.metrics.increment('event_throughput');
    this.#reporter.metrics.increment('events_published_total', { topic, priority: event.priority });
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
    return (await this.replayWithReport(subscriberId, options)).delivered;
  }

  /** `replay`, with what failed of it. */
  async replayWithReport(subscriberId: string, options: ReplayOptions = {}): Promise<ReplayReport> {
    if (!this.#running) throw new StorageError('The event bus replays only between initialize and stop');
    const { rule } = this.#subscriber(subscriberId);
    const consumers = this.#consumersOf(subscriberId);
    if (rule.policy === 'none' || consumers.length === 0) return { delivered: 0, failed: 0 };
    const query = toReplayQuery(rule, options, this.#clock.now());
    const topics = query.topics ?? consumers.map((consumer) => consumer.topic);
    await this.#cleared.refresh();
    const { limit = PROCESSED_LIMIT, ...filter } = { ...query, topics };
    const events = await newestEvents(this.#log, { filter, limit });
    return this.#replayTo(
      consumers,
      events.filter((event) => !this.#cleared.has(event)),
    );
  }

  /** What could not be delivered, to one subscriber or to anybody. */
  deadLetters(subscriberId?: string): Promise<readonly DeadLetter[]> {
    return this.#letters.list(subscriberId);
  }

  /** Hands a subscriber its dead letters once more, whatever its replay policy; gives the number that it took. */
  async redeliver(subscriberId: string): Promise<number> {
    if (!this.#running) throw new StorageError('The event bus redelivers only between initialize and stop');
    const letters = await this.deadLetters(subscriberId);
    const deliver = (consumer: Consumer) =>
      this.#replayTo(
        [consumer],
        letters.filter(({ topic }) => topic === consumer.topic).map(({ event }) => event),
      );
    const reports = await Promise.all(this.#consumersOf(subscriberId).map(deliver));
    return reports.reduce((sum, report) => sum + report.delivered, 0);
  }

  /**
   * Takes a session's events out of every later replay, or without a session moves all events into the log's archive;
   * those older than `olderThan`, or all. Gives their number.
   */
  async clearEventHistory(sessionId?: string, olderThan?: Date | number): Promise<number> {
    const now = this.#clock.now();
    const moment = olderThan === undefined ? now + 1 : Number(olderThan);
    if (sessionId === undefined) return this.#log.archive(moment);
    await this.#cleared.refresh();
    const filter = { sessionId, until: moment - 1 };
    const events = await newestEvents(this.#log, { filter, limit: Infinity });
    await this.#queue.append(clearingEvent(sessionId, moment, now));
    return events.filter((event) => !this.#cleared.has(event)).length;
  }

  /** Says what a subscriber gets of the events it misses; to be set before it subscribes. */
  setReplayPolicy(subscriberId: string, policy: EventReplayPolicy | EventReplayRule): void {
    this.#subscriber(subscriberId).rule = toReplayRule(policy);
  }

  /** What a subscriber gets of the events it misses; `critical-only` unless set. */
  getReplayPolicy(subscriberId: string): EventReplayPolicy {
    return (this.#subscribers.get(subscriberId)?.rule ?? DEFAULT_REPLAY_RULE).policy;
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
      tracer: this.#tracer,
      metrics: this.#reporter.metrics,
      processed: subscriber.processed,
      propagation: this.#propagation,
      cleared: this.#cleared,
      rule: () => subscriber.rule,
      onGivenUp: (failure) => this.#letters.keep(failure),
      onGap: (missed) => {
        this.#reportGap(subscription.subscriberId, missed);
      },
      onFault: this.#reportFault,
    });
  }

  #replayTo(consumers: readonly Consumer[], events: readonly LogEvent[]): Promise<ReplayReport> {
    return replayTo(consumers, events, {
      queued: (change) => {
        this.#counters.queued(change);
      },
      onDelivered: ({ subscriberId, topic }, event) => this.#letters.discard({ subscriberId, topic, event }),
    });
  }

  #reportGap(subscriberId: string, missed: number): void {
    this.#reporter.metrics.increment('event_replay_gap_detected', { subscriber_id: subscriberId });
    this.#reporter.log('ERROR', 'event_replay_gap_detected', { subscriberId, missed });
  }

  #makeLetters(store: DeadLetterStore = new MemoryDeadLetterStore()): DeadLetterDesk {
    return new DeadLetterDesk({
      store,
      log: this.#log,
      clock: this.#clock,
      reporter: this.#reporter,
      onKept: (failure) => {
        this.#counters.givenUp();
        this.emit('delivery_failed', failure);
      },
      onFault: this.#reportFault,
    });
  }

  #makeRetention(options: RetentionOptions | 'none' = {}): EventRetention | undefined {
    if (options === 'none') return undefined;
    const registries = () => [...this.#subscribers.values()].map(({ processed }) => processed);
    const parts = { log: this.#log, clock: this.#clock, reporter: this.#reporter, registries };
    return new EventRetention(parts, options);
  }

  #subscriber(subscriberId: string): Subscriber {
    const known = this.#subscribers.get(subscriberId);
    if (known !== undefined) return known;
    const subscriber: Subscriber = {
      processed: new ProcessedIds(this.#limits.processed),
      rule: DEFAULT_REPLAY_RULE,
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

function withTraceparent(options: PublishOptions, traceparent: string | undefined): PublishOptions {
  if (traceparent === undefined) return options;
  return { ...options, metadata: { ...options.metadata, [TRACEPARENT]: traceparent } };
}

function toLimits({ processedLimit = PROCESSED_LIMIT, stopTimeoutMs = 30_000 }: EventBusOptions) {
  return { processed: processedLimit, stopMs: stopTimeoutMs };
}

function makeReporter({ logSink, metrics, alerts }: EventBusOptions, clock: Clock): Reporter {
  return new Reporter({
    component: 'event-bus',
    clock,
    log: logSink ?? jsonLogSink(),
    metrics: metrics ?? noMetrics,
    alerts,
  });
}

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
