/** What many samples of one measure come to. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

/** The median with the extremes beside it; a mean would belong to whoever else uses the machine. */
export function summarize(samples: readonly number[]): Summary {
  if (samples.length === 0) throw new Error('There is nothing to summarize');
  const sorted = [...samples].sort((a, b) => a - b);
  return {
    median:
      (at(sorted, Math.floor((sorted.length - 1) / 2)) + at(sorted, Math.ceil((sorted.length - 1) / 2))) / 2,
    min: at(sorted, 0),
    max: at(sorted, sorted.length - 1),
    count: sorted.length,
  };
}

/** The value below which this share (0 to 1) of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return at(sorted, Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1));
}

function at(sorted: readonly number[], index: number): number {
  const value = sorted[index];
  if (value === undefined) throw new Error('There is nothing to summarize');
  return value;
}
