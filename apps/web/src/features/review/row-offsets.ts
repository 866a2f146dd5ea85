/** Where rows of different heights stand below each other. */
export interface RowOffsets {
  /** The top of each row, and the end of the last one. */
  readonly tops: Float64Array;
  readonly total: number;
}

/** Adds up the heights of rows. */
export function addUp<T>(rows: readonly T[], heightOf: (row: T) => number): RowOffsets {
  const tops = new Float64Array(rows.length + 1);
  let top = 0;
  for (let at = 0; at < rows.length; at += 1) {
    tops[at] = top;
    const row = rows[at];
    if (row !== undefined) top += heightOf(row);
  }
  tops[rows.length] = top;
  return { tops, total: top };
}

/** The row that covers a height, the first or the last one beyond the ends. */
export function rowAt({ tops }: RowOffsets, y: number): number {
  let low = 0;
  let high = Math.max(0, tops.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tops[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The rows to draw: what is in view, and some on both sides. `end` is not drawn any more. */
export function rowsInView(
  offsets: RowOffsets,
  view: { readonly top: number; readonly height: number; readonly around: number },
): { readonly start: number; readonly end: number } {
  const count = offsets.tops.length - 1;
  if (count <= 0) return { start: 0, end: 0 };
  const start = rowAt(offsets, Math.max(0, view.top - view.around));
  const end = rowAt(offsets, view.top + view.height + view.around) + 1;
  return { start, end: Math.min(count, end) };
}
