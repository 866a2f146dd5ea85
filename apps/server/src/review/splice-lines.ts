import type { HunkRange } from '@thalogos/contracts';

const LINE_FEED = 0x0a;

/** The lines of a file, each with its end, as bytes: whatever they mean, they stay what they are. */
export function linesOf(content: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  let from = 0;
  for (let end = content.indexOf(LINE_FEED); end !== -1; end = content.indexOf(LINE_FEED, from)) {
    lines.push(content.subarray(from, end + 1));
    from = end + 1;
  }
  if (from < content.length) lines.push(content.subarray(from));
  return lines;
}

/** Lines `start` to `start + count` (from 0) of a file, and what stands there instead. */
export interface Splice {
  readonly start: number;
  readonly count: number;
  readonly lines: readonly Buffer[];
}

/** A file with some of its lines replaced; the places must not overlap. */
export function spliceLines(content: Buffer, splices: readonly Splice[]): Buffer {
  const lines = [...linesOf(content)];
  for (const { start, count, lines: instead } of splices.toSorted((a, b) => b.start - a.start))
    lines.splice(start, count, ...instead);
  return Buffer.concat(lines);
}

/** Whether two of the places have a line in common. */
export function isOverlapping(splices: readonly Splice[]): boolean {
  const sorted = splices.toSorted((a, b) => a.start - b.start);
  return sorted.some((splice, at) => {
    const next = sorted[at + 1];
    return next !== undefined && next.start < splice.start + Math.max(splice.count, 1);
  });
}

/** What brings the lines of a hunk back to what they were. */
export function revertHunk(before: readonly Buffer[], hunk: HunkRange): Splice {
  const from = firstLine(hunk.oldStart, hunk.oldLines);
  return {
    start: firstLine(hunk.newStart, hunk.newLines),
    count: hunk.newLines,
    lines: before.slice(from, from + hunk.oldLines),
  };
}

/** A range without lines is named by the line before it. */
function firstLine(start: number, count: number): number {
  return count === 0 ? start : start - 1;
}

const HEAD = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** The hunks of one file's patch. */
export function hunksOf(lines: readonly string[]): readonly HunkRange[] {
  return lines.flatMap((line) => {
    const head = HEAD.exec(line);
    if (head === null) return [];
    const [, oldStart, oldLines = '1', newStart, newLines = '1'] = head;
    return [
      {
        oldStart: Number(oldStart),
        oldLines: Number(oldLines),
        newStart: Number(newStart),
        newLines: Number(newLines),
      },
    ];
  });
}
