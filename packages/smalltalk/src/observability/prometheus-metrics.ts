import type { MetricLabels, MetricSink } from '../types/metric-sink.ts';
import { LabelBounds, UNBOUNDED_LABELS } from './label-bounds.ts';
import { DEFAULT_BUCKETS, METRIC_CATALOGUE } from './metric-catalogue.ts';
import { toMetricName, toSeries } from './series.ts';

/** How metrics are kept; everything has a default. */
export type PrometheusMetricsOptions = {
  /** So many values a label may have; any further one is told as `other` (100). */
  readonly maxLabelValues?: number;
  /** Labels that are never told (`session_id`, `conversation_id`, `correlation_id`). */
  readonly droppedLabels?: readonly string[];
};

/** More are looked up anew each time: labels with many values must not fill the memory here either. */
const SEEN_LIMIT = 2000;

type Histogram = { readonly ends: readonly number[]; readonly counts: number[]; count: number; sum: number };
type Kind = 'counter' | 'gauge' | 'histogram';
type Family = { readonly kind: Kind; readonly series: Map<string, Sample> };
type Sample = {
  readonly kind: Kind;
  readonly labels: MetricLabels;
  value: number;
  readonly histogram: Histogram;
};

/** Keeps what SmallTalk measures in memory, for Prometheus to read. */
export class PrometheusMetrics implements MetricSink {
  /** What a server says the text is. */
  static readonly contentType = 'text/plain; version=0.0.4; charset=utf-8';
  readonly #families = new Map<string, Family>();
  readonly #bounds: LabelBounds;
  readonly #begunAt = performance.now();
  /** Where a measurement goes that was seen before, as it was handed in. */
  readonly #seen = new Map<string, Sample>();

  constructor({ maxLabelValues = 100, droppedLabels = UNBOUNDED_LABELS }: PrometheusMetricsOptions = {}) {
    this.#bounds = new LabelBounds(maxLabelValues, droppedLabels);
  }

  increment(name: string, labels?: MetricLabels): void {
    const sample = this.#sample(name, 'counter', labels);
    if (sample !== undefined) sample.value += 1;
  }

  set(name: string, value: number, labels?: MetricLabels): void {
    const sample = this.#sample(name, 'gauge', labels);
    if (sample !== undefined) sample.value = value;
  }

  observe(name: string, value: number, labels?: MetricLabels): void {
    const histogram = this.#sample(name, 'histogram', labels)?.histogram;
    if (histogram === undefined) return;
    const bucket = histogram.ends.findIndex((end) => value <= end);
    histogram.count += 1;
    histogram.sum += value;
    if (bucket >= 0) histogram.counts[bucket] = (histogram.counts[bucket] ?? 0) + 1;
  }

  /** Everything that was measured, in Prometheus's text format. */
  render(): string {
    this.#measureProcess();
    const families = [...this.#families].flatMap(([name, family]) =>
      [name, ...(METRIC_CATALOGUE[name]?.also ?? [])].map((told) => renderFamily(name, told, family)),
    );
    return `${families.join('\n')}\n`;
  }

  /** Undefined for a name that is used for something of another kind already. */
  #sample(name: string, kind: Kind, given: MetricLabels | undefined): Sample | undefined {
    let key = name;
    for (const label in given) key += `\0${label}\0${given[label] ?? ''}`;
    const seen = this.#seen.get(key);
    if (seen !== undefined) return seen.kind === kind ? seen : undefined;
    const sample = this.#find(name, kind, given ?? {});
    if (sample !== undefined && this.#seen.size < SEEN_LIMIT) this.#seen.set(key, sample);
    return sample;
  }

  #find(name: string, kind: Kind, given: MetricLabels): Sample | undefined {
    const family = this.#families.get(name) ?? { kind, series: new Map<string, Sample>() };
    if (family.kind !== kind) return undefined;
    this.#families.set(name, family);
    const labels = this.#bounds.bound(name, given);
    const key = toSeries(name, labels);
    const sample = family.series.get(key) ?? {
      kind,
      labels,
      value: 0,
      histogram: { ends: bucketsOf(name), counts: [], count: 0, sum: 0 },
    };
    family.series.set(key, sample);
    return sample;
  }

  #measureProcess(): void {
    const requests = [...(this.#families.get('smalltalk_requests_total')?.series.values() ?? [])];
    const total = requests.reduce((sum, { value }) => sum + value, 0);
    const failed = requests.find(({ labels }) => labels['result'] === 'failed')?.value ?? 0;
    this.set('error_rate', total === 0 ? 0 : failed / total);
    this.set('smalltalk_uptime_seconds', (performance.now() - this.#begunAt) / 1000);
    this.set('smalltalk_memory_usage_bytes', process.memoryUsage.rss(), { kind: 'rss' });
    const { userCPUTime, systemCPUTime, fsRead, fsWrite } = process.resourceUsage();
    this.set('smalltalk_cpu_seconds', (userCPUTime + systemCPUTime) / 1_000_000);
    this.set('smalltalk_disk_operations', fsRead, { kind: 'read' });
    this.set('smalltalk_disk_operations', fsWrite, { kind: 'write' });
  }
}

function bucketsOf(name: string): readonly number[] {
  return METRIC_CATALOGUE[name]?.buckets ?? DEFAULT_BUCKETS;
}

function renderFamily(name: string, told: string, { kind, series }: Family): string {
  const metric = toMetricName(told);
  const help = METRIC_CATALOGUE[name]?.help;
  const samples = [...series.values()].flatMap(({ labels, value, histogram }) =>
    kind === 'histogram'
      ? renderHistogram(metric, labels, histogram)
      : [`${toSeries(metric, labels)} ${String(value)}`],
  );
  return [
    ...(help === undefined ? [] : [`# HELP ${metric} ${help}`]),
    `# TYPE ${metric} ${kind}`,
    ...samples,
  ].join('\n');
}

/** Each bucket counts all that are below its end. */
function renderHistogram(
  metric: string,
  labels: MetricLabels,
  { ends, counts, count, sum }: Histogram,
): string[] {
  let below = 0;
  const buckets = ends.map((end, place) => {
    below += counts[place] ?? 0;
    return `${toSeries(`${metric}_bucket`, { ...labels, le: String(end) })} ${String(below)}`;
  });
  return [
    ...buckets,
    `${toSeries(`${metric}_bucket`, { ...labels, le: '+Inf' })} ${String(count)}`,
    `${toSeries(`${metric}_sum`, labels)} ${String(sum)}`,
    `${toSeries(`${metric}_count`, labels)} ${String(count)}`,
  ];
}
