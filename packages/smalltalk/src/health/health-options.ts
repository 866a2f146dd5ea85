import type { StorageAdapter } from '../persistence/storage-adapter.ts';
import type { ConversationAgent } from '../types/agent.ts';
import type { HealthChangeEvent, HealthConfig } from '../types/agent-health.ts';
import type { AlertSink } from '../types/alert-sink.ts';
import type { Clock } from '../types/clock.ts';
import type { LogSink } from '../types/log-sink.ts';
import type { MetricSink } from '../types/metric-sink.ts';
import type { Degradation, DegradationConfig } from './degradation.ts';
import type { AgentStateLimits } from './trim-agent-state.ts';

/** What a monitor is made of; everything has a default. */
export type AgentHealthMonitorOptions = {
  /** As `initialize` would say it. */
  readonly config?: HealthConfig;
  readonly clock?: Clock;
  /** JSON lines on standard error unless told otherwise. */
  readonly log?: LogSink;
  readonly metrics?: MetricSink;
  readonly alerts?: AlertSink;
  /** Where the agents' states are kept; without it nothing is restored. */
  readonly storage?: Pick<StorageAdapter, 'get' | 'set'>;
  readonly stateLimits?: AgentStateLimits;
  /** Makes the agent that takes a lost one's place, for the strategy `replace`. */
  readonly makeReplacement?: (agentId: string, signal: AbortSignal) => Promise<ConversationAgent>;
  readonly degradation?: DegradationConfig;
};

/** What a monitor tells about itself. */
export type AgentHealthSignals = {
  health_change: [HealthChangeEvent];
  /** A backup has taken a lost agent's place. */
  agent_replaced: [{ readonly agentId: string; readonly replacement: ConversationAgent }];
  /** More agents fail than may: no new sessions, fewer of them, those that exist first. */
  degradation_entered: [Degradation];
  degradation_left: [Degradation];
};
