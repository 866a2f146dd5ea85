import type { AlertSink } from '../types/alert-sink.ts';
import type { EventReplayRule } from '../types/agent-manifest.ts';
import type { Clock } from '../types/clock.ts';
import type { EventPriority, EventReplayPolicy, NewEvent } from '../types/event.ts';
import type { LogSink } from '../types/log-sink.ts';
import type { MetricSink } from '../types/metric-sink.ts';
import type { Tracer } from '../types/tracer.ts';
import type { CursorStore } from './cursor-store.ts';
import type { DeadLetterStore } from './dead-letter-store.ts';
import type { FailedDelivery } from './delivery.ts';
import type { EventFilter, EventLog } from './event-log.ts';
import type { RetentionOptions } from './event-retention.ts';
import type { RetryPolicy } from './retry-policy.ts';

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
  /** Where what was given up is kept, in memory unless told otherwise. */
  readonly deadLetters?: DeadLetterStore;
  /** `none` leaves the log as long as it is: for a host that looks after it. */
  readonly retention?: RetentionOptions | 'none';
  /** Patterns of topics whose events are critical unless their publisher says otherwise. */
  readonly criticalTopics?: readonly string[];
  /** What certain subscribers get of the events they miss, as `setReplayPolicy` would say it. */
  readonly replayPolicies?: Readonly<Record<string, EventReplayPolicy | EventReplayRule>>;
  /** JSON lines on standard error unless told otherwise. */
  readonly logSink?: LogSink;
  readonly alerts?: AlertSink;
  readonly metrics?: MetricSink;
  /** Traces deliveries; events then carry the span in which they were published. */
  readonly tracer?: Tracer;
};

/** The topics whose events are critical unless their publisher or the bus's options say otherwise. */
export const DEFAULT_CRITICAL_TOPICS: readonly string[] = [
  'agent_handoff',
  'plan_created',
  'user_interrupted',
  'orchestration_decision',
  'agent:failed',
];

/** What a bus tells about itself. */
export type EventBusSignals = {
  /** A handler has failed for the last time; the event stays in the log and can be replayed. */
  delivery_failed: [FailedDelivery];
  /** The log or the cursor store has failed; the bus tries again. */
  fault: [unknown];
};
