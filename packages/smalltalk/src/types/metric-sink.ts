/** What tells one series of a metric from another; whoever exports them bounds labels with many values, as `session_id`. */
export type MetricLabels = Readonly<Record<string, string>>;

/** Where SmallTalk's measurements go. */
export interface MetricSink {
  /** Counts one more. */
  increment(name: string, labels?: MetricLabels): void;
  /** Sets a level. */
  set(name: string, value: number, labels?: MetricLabels): void;
  /** Adds one observation to a histogram; names end in their unit. */
  observe(name: string, value: number, labels?: MetricLabels): void;
}

/** Measurements that nobody wants. */
export const noMetrics: MetricSink = {
  increment: () => undefined,
  set: () => undefined,
  observe: () => undefined,
};
