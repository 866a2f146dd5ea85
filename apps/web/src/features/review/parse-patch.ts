import type { HunkRange } from '@thalogos/contracts';

/** Which side of a diff: what was there, or what is there now. */
export type Side = 'deletions' | 'additions';

/** One line of a diff with its numbers on the sides it stands on. */
export interface DiffLine {
  readonly kind: 'context' | 'added' | 'removed';
  readonly before: number | null;
  readonly after: number | null;
  readonly text: string;
  /** It is the last one of its file and has no line end. */
  readonly isUnended: boolean;
}

/** Lines that changed, with those around them. */
export interface Hunk {
  readonly range: HunkRange;
  /** What git says they are part of, such as a function's head. */
  readonly title: string;
  readonly lines: readonly DiffLine[];
}

const HEAD = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/;

/** The hunks of a patch from its first hunk on; a patch that is cut gives a hunk with the lines that are there. */
export function parsePatch(patch: string): readonly Hunk[] {
  const hunks: OpenHunk[] = [];
  for (const raw of patch === '' ? [] : patch.split('\n')) {
    const opened = raw.startsWith('@@') ? openHunk(raw) : null;
    const hunk = hunks.at(-1);
    if (opened !== null) hunks.push(opened);
    else if (hunk !== undefined) takeLine(hunk, raw);
  }
  return hunks;
}

/** A hunk while its lines are read. */
interface OpenHunk {
  readonly range: HunkRange;
  readonly title: string;
  readonly lines: DiffLine[];
  before: number;
  after: number;
}

function openHunk(raw: string): OpenHunk | null {
  const head = HEAD.exec(raw);
  if (head === null) return null;
  const [, oldStart, oldLines = '1', newStart, newLines = '1', title = ''] = head;
  const range = {
    ...{ oldStart: Number(oldStart), oldLines: Number(oldLines) },
    ...{ newStart: Number(newStart), newLines: Number(newLines) },
  };
  return { range, title, lines: [], before: range.oldStart, after: range.newStart };
}

function takeLine(hunk: OpenHunk, raw: string): void {
  const { lines } = hunk;
  const text = raw.slice(1);
  switch (raw[0]) {
    case '+':
      lines.push({ kind: 'added', before: null, after: hunk.after++, text, isUnended: false });
      return;
    case '-':
      lines.push({ kind: 'removed', before: hunk.before++, after: null, text, isUnended: false });
      return;
    case '\\': {
      const last = lines.pop();
      if (last !== undefined) lines.push({ ...last, isUnended: true });
      return;
    }
    default:
      lines.push({ kind: 'context', before: hunk.before++, after: hunk.after++, text, isUnended: false });
  }
}

/** A line on each side, as they stand beside each other; null where a side has none. */
export interface LinePair {
  readonly left: DiffLine | null;
  readonly right: DiffLine | null;
}

/** The lines of a hunk side by side: what went beside what came in its place. */
export function pairLines(lines: readonly DiffLine[]): readonly LinePair[] {
  const pairs: LinePair[] = [];
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  const flush = () => {
    const count = Math.max(removed.length, added.length);
    for (let at = 0; at < count; at += 1) pairs.push({ left: removed[at] ?? null, right: added[at] ?? null });
    removed = [];
    added = [];
  };
  for (const line of lines) {
    if (line.kind === 'removed') {
      if (added.length > 0) flush();
      removed.push(line);
    } else if (line.kind === 'added') added.push(line);
    else {
      flush();
      pairs.push({ left: line, right: line });
    }
  }
  flush();
  return pairs;
}

/** As far as one looks for the line that another one took the place of. */
const REACH = 100;

/** The line that this one took the place of, or that took its place; null where there is none beside it. */
export function counterpartOf(lines: readonly DiffLine[], at: number): DiffLine | null {
  const line = lines[at];
  if (line === undefined || line.kind === 'context') return null;
  const start = runStart(lines, at, line.kind);
  if (line.kind === 'removed') {
    const added = runEnd(lines, at, 'removed') + at - start;
    return lines[added]?.kind === 'added' ? (lines[added] ?? null) : null;
  }
  const removed = runStart(lines, start, 'removed') + at - start;
  return removed < start ? (lines[removed] ?? null) : null;
}

/** Where the lines of a kind that end right before (or with) a line begin. */
function runStart(lines: readonly DiffLine[], at: number, kind: DiffLine['kind']): number {
  let start = at;
  while (at - start < REACH && lines[start - 1]?.kind === kind) start -= 1;
  return start;
}

function runEnd(lines: readonly DiffLine[], at: number, kind: DiffLine['kind']): number {
  let end = at + 1;
  while (end - at < REACH && lines[end]?.kind === kind) end += 1;
  return end;
}

/** From where to where a line differs from its counterpart; null where marking it would say nothing. */
export function changedPart(text: string, other: string): readonly [number, number] | null {
  const most = Math.min(text.length, other.length);
  let head = 0;
  while (head < most && text[head] === other[head]) head += 1;
  let tail = 0;
  while (tail < most - head && text[text.length - 1 - tail] === other[other.length - 1 - tail]) tail += 1;
  const end = text.length - tail;
  const isMostly = end - head > text.trim().length * 0.7;
  return end <= head || isMostly ? null : [head, end];
}
