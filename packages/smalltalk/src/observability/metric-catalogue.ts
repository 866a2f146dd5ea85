/** What Prometheus is told about a metric. */
export type MetricDescription = {
  readonly help: string;
  /** The names of the earlier SmallTalk, under which the same values are told as well. */
  readonly also?: readonly string[];
  /** Upper ends of a histogram's buckets, in the unit that its name ends with. */
  readonly buckets?: readonly number[];
};

const MILLISECONDS = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 5000];
const SECONDS = [0.001, 0.01, 0.05, 0.1, 0.5, 1, 5];

/** The metrics that SmallTalk measures itself; any other name is exported without a description. */
export const METRIC_CATALOGUE: Readonly<Record<string, MetricDescription>> = {
  session_count: { help: 'Sessions that are active', also: ['sessions_active'] },
  sessions_total: { help: 'Sessions that were begun' },
  session_rejection_count: { help: 'Sessions that were refused because too many were active' },
  session_conflicts_total: { help: 'Saves that met a newer version' },
  session_save_failures_total: { help: 'Saves that failed' },
  session_restore_latency_ms: { help: 'Time to bring a session back', buckets: MILLISECONDS },
  agent_health_status: { help: 'How an agent is: 0 healthy, 1 warning, 2 critical' },
  agent_health_checks_total: { help: 'Heartbeats that agents were asked for' },
  agent_failures_total: { help: 'Agents that were lost' },
  agent_response_seconds: { help: 'Time that agents worked on answers', buckets: SECONDS },
  degraded_agent_count: { help: 'Agents that have lost some of what they missed' },
  agent_selection_latency_ms: { help: 'Time to choose who answers', buckets: MILLISECONDS },
  agent_selections_total: { help: 'Choices of who answers' },
  event_throughput: { help: 'Events that were published' },
  events_published_total: { help: 'Events that were published, by topic and priority' },
  events_consumed_total: { help: 'Events that a subscriber has handled, by topic' },
  event_propagation_latency_ms: {
    help: 'Time from publishing an event to its handler',
    buckets: MILLISECONDS,
  },
  latency_violation: { help: 'Events that took more than 10 ms' },
  storage_operations_duration_seconds: {
    help: 'Time that operations of the storage took, by what came of them',
    buckets: SECONDS,
  },
  shutdown_duration_seconds: { help: 'Time that the planned stop took' },
  smalltalk_requests_total: { help: 'Messages, by what came of them' },
  error_rate: { help: 'Share of messages that could not be answered since the start, 0 to 1' },
  smalltalk_uptime_seconds: { help: 'Seconds since the metrics began' },
  smalltalk_memory_usage_bytes: { help: 'Memory of the process' },
  smalltalk_cpu_seconds: { help: 'CPU that the process has taken' },
  smalltalk_disk_operations: { help: 'Operations of the file system, by kind' },
};

/** For a histogram that nobody described. */
export const DEFAULT_BUCKETS = MILLISECONDS;
