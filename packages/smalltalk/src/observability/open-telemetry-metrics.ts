import type * as Api from '@opentelemetry/api';
import type { MetricLabels, MetricSink } from '../types/metric-sink.ts';
import { VERSION } from '../version.ts';
import { LabelBounds, UNBOUNDED_LABELS } from './label-bounds.ts';
import { DEFAULT_BUCKETS, METRIC_CATALOGUE } from './metric-catalogue.ts';
import type { OpenTelemetryOptions } from './open-telemetry-options.ts';

/** Hands what SmallTalk measures to OpenTelemetry, under the same names and with labels as bounded as for Prometheus. */
export class OpenTelemetryMetrics implements MetricSink {
  readonly #meter: Api.Meter;
  readonly #bounds: LabelBounds;
  readonly #counters = new Map<string, Api.Counter>();
  readonly #gauges = new Map<string, Api.Gauge>();
  readonly #histograms = new Map<string, Api.Histogram>();

  constructor(api: typeof Api, { meterProvider, maxLabelValues = 100 }: OpenTelemetryOptions = {}) {
    this.#meter = (meterProvider ?? api.metrics).getMeter('smalltalk', VERSION);
    this.#bounds = new LabelBounds(maxLabelValues, UNBOUNDED_LABELS);
  }

  increment(name: string, labels: MetricLabels = {}): void {
    recall(this.#counters, name, () => this.#meter.createCounter(name, describe(name))).add(
      1,
      this.#bounds.bound(name, labels),
    );
  }

  set(name: string, value: number, labels: MetricLabels = {}): void {
    recall(this.#gauges, name, () => this.#meter.createGauge(name, describe(name))).record(
      value,
      this.#bounds.bound(name, labels),
    );
  }

  observe(name: string, value: number, labels: MetricLabels = {}): void {
    recall(this.#histograms, name, () => this.#makeHistogram(name)).record(
      value,
      this.#bounds.bound(name, labels),
    );
  }

  #makeHistogram(name: string): Api.Histogram {
    const explicitBucketBoundaries = [...(METRIC_CATALOGUE[name]?.buckets ?? DEFAULT_BUCKETS)];
    return this.#meter.createHistogram(name, {
      ...describe(name),
      unit: name.endsWith('_seconds') ? 's' : 'ms',
      advice: { explicitBucketBoundaries },
    });
  }
}

function describe(name: string): Api.MetricOptions {
  const description = METRIC_CATALOGUE[name]?.help;
  return description === undefined ? {} : { description };
}

function recall<T>(kept: Map<string, T>, name: string, make: () => T): T {
  const known = kept.get(name) ?? make();
  kept.set(name, known);
  return known;
}
