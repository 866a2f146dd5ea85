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
  /** Everything that was measured, in Prometheus's text format; absent for a sink that only hands on. */
  render?(): string;
}

/** Measurements that nobody wants. */
export const noMetrics: MetricSink = {
  increment: () => undefined,
  set: () => undefined,
  observe: () => undefined,
};

/** Tells each measurement to all of the sinks; what one of them can render, this can. */
export function allMetrics(...sinks: readonly MetricSink[]): MetricSink {
  const rendering = sinks.find((sink) => sink.render !== undefined);
  return {
    increment: (name, labels) => {
      for (const sink of sinks) sink.increment(name, labels);
    },
    set: (name, value, labels) => {
      for (const sink of sinks) sink.set(name, value, labels);
    },
    observe: (name, value, labels) => {
      for (const sink of sinks) sink.observe(name, value, labels);
    },
    ...(rendering !== undefined && { render: () => rendering.render?.() ?? '' }),
  };
}
