import type { MetricLabels } from '../types/metric-sink.ts';

/** Labels that have a new value each time, and are told to nobody. */
export const UNBOUNDED_LABELS: readonly string[] = ['session_id', 'conversation_id', 'correlation_id'];

/** What stands for all values beyond the limit. */
const OTHER = 'other';

/** Keeps labels to so many values each, so that no topic, subscriber or agent can fill the memory of whoever reads them. */
export class LabelBounds {
  readonly #known = new Map<string, Set<string>>();
  readonly #limit: number;
  readonly #dropped: ReadonlySet<string>;

  constructor(limit: number, dropped: readonly string[]) {
    this.#limit = limit;
    this.#dropped = new Set(dropped);
  }

  /** The labels in the order of their names, without those that are dropped. */
  bound(metric: string, labels: MetricLabels): MetricLabels {
    const kept = Object.entries(labels).filter(([label]) => !this.#dropped.has(label));
    return Object.fromEntries(
      kept
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([label, value]) => [label, this.#boundValue(`${metric} ${label}`, value)]),
    );
  }

  #boundValue(key: string, value: string): string {
    const values = this.#known.get(key) ?? new Set();
    this.#known.set(key, values);
    if (values.has(value)) return value;
    if (values.size >= this.#limit) return OTHER;
    values.add(value);
    return value;
  }
}
