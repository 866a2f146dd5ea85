const FINE = 64;
const STEPS_PER_DOUBLING = 8;
const COARSE = 160;

/** How long something took, over everything that was counted; milliseconds. */
export type LatencySummary = {
  readonly count: number;
  readonly avgMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
};

/**
 * Counts how long things took in constant time and memory, however many there are.
 *
 * Below 64 resolutions every one is told from the next; above, a percentile may be 9 per cent too high.
 */
export class LatencyHistogram {
  readonly #resolutionMs: number;
  readonly #buckets = new Uint32Array(FINE + COARSE);
  #count = 0;
  #totalMs = 0;
  #maxMs = 0;

  /** `resolutionMs` is the finest difference that matters; 1 ms unless told otherwise. */
  constructor(resolutionMs = 1) {
    this.#resolutionMs = resolutionMs;
  }

  add(ms: number): void {
    const time = Math.max(0, ms);
    const bucket = bucketOf(time / this.#resolutionMs);
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
    this.#count += 1;
    this.#totalMs += time;
    this.#maxMs = Math.max(this.#maxMs, time);
  }

  /** The time that `share` (0 to 1) of all did not exceed; 0 before the first. */
  percentile(share: number): number {
    let left = Math.ceil(this.#count * share);
    for (const [bucket, count] of this.#buckets.entries()) {
      left -= count;
      if (count > 0 && left <= 0) return Math.min(upperEnd(bucket) * this.#resolutionMs, this.#maxMs);
    }
    return this.#maxMs;
  }

  summary(): LatencySummary {
    return {
      count: this.#count,
      avgMs: this.#count === 0 ? 0 : this.#totalMs / this.#count,
      p50Ms: this.percentile(0.5),
      p95Ms: this.percentile(0.95),
      p99Ms: this.percentile(0.99),
      maxMs: this.#maxMs,
    };
  }
}

function bucketOf(units: number): number {
  if (units < FINE) return Math.floor(units);
  return Math.min(FINE + COARSE - 1, FINE + Math.floor(Math.log2(units / FINE) * STEPS_PER_DOUBLING));
}

function upperEnd(bucket: number): number {
  return bucket < FINE ? bucket + 1 : FINE * 2 ** ((bucket - FINE + 1) / STEPS_PER_DOUBLING);
}
