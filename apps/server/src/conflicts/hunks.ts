import type { ConflictHunk } from '@thalogos/contracts';

/** The name of each part of a conflict that git writes with the ancestor between the sides. */
type Part = 'same' | 'ours' | 'base' | 'theirs';

/** The three texts of a file in conflict. */
export interface Texts {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/** How many characters a marker needs so that no line of the file can be taken for one. */
export function markerSizeFor({ base, ours, theirs }: Texts): number {
  const runs = [base, ours, theirs].flatMap((text) => text.match(/^([<|=>])\1{6,}/gm) ?? []);
  return Math.max(7, ...runs.map((run) => run.length + 1));
}

/** Reads what git has merged with markers; where it has found no place to mark, the whole file is one. */
export function parseHunks(merged: string, texts: Texts, markerSize: number): readonly ConflictHunk[] {
  const hunks: ConflictHunk[] = [];
  const marker = new RegExp(`^([<|=>])\\1{${markerSize - 1}}(?: (?:ours|base|theirs))?\\r?\\n?$`);
  let part: Part = 'same';
  for (const line of splitLines(merged)) {
    const sign = marker.exec(line)?.[1];
    if (sign === undefined) lastOf(hunks, part).push(line);
    else {
      part = nextPart(sign);
      if (sign === '<') hunks.push({ kind: 'conflict', base: [], ours: [], theirs: [] });
    }
  }
  if (!hunks.some(({ kind }) => kind === 'conflict')) return [wholeFile(texts)];
  return withoutAddedEnds(hunks, texts);
}

function nextPart(sign: string): Part {
  if (sign === '<') return 'ours';
  if (sign === '|') return 'base';
  return sign === '=' ? 'theirs' : 'same';
}

/** The lines to which the next one belongs. */
function lastOf(hunks: ConflictHunk[], part: Part): string[] {
  const last = hunks.at(-1);
  if (part === 'same') {
    if (last?.kind === 'same') return last.lines;
    const lines: string[] = [];
    hunks.push({ kind: 'same', lines });
    return lines;
  }
  if (last?.kind !== 'conflict') throw new Error('A conflict has no beginning');
  return last[part];
}

function wholeFile({ base, ours, theirs }: Texts): ConflictHunk {
  return {
    kind: 'conflict',
    base: splitLines(base),
    ours: splitLines(ours),
    theirs: splitLines(theirs),
  };
}

/** git ends a last line that has no end, so that the marker after it stands alone. */
function withoutAddedEnds(hunks: readonly ConflictHunk[], texts: Texts): readonly ConflictHunk[] {
  const last = hunks.at(-1);
  if (last?.kind !== 'conflict') return hunks;
  const trim = (side: keyof Texts) =>
    /\n$/.test(texts[side])
      ? last[side]
      : last[side].with(-1, (last[side].at(-1) ?? '').replace(/\r?\n$/, ''));
  const safely = (side: keyof Texts) => (last[side].length === 0 ? [] : trim(side));
  const trimmed = { ...last, base: safely('base'), ours: safely('ours'), theirs: safely('theirs') };
  return [...hunks.slice(0, -1), trimmed];
}

/** The lines of a text, each with its end. */
export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** A line without its end, so that a file with other ends has the same lines. */
export function withoutEnd(line: string): string {
  return line.replace(/\r?\n$/, '');
}

/** The first line of `content` that is a marker of a conflict and stands on neither side; null where there is none. */
export function findMarker(content: string, sides: readonly string[]): { line: number; text: string } | null {
  const known = new Set(sides.flatMap((side) => splitLines(side).map(withoutEnd)));
  const lines = splitLines(content).map(withoutEnd);
  const at = lines.findIndex((line) => /^(<{7,}|>{7,}|\|{7,})( |$)/.test(line) && !known.has(line));
  return at === -1 ? null : { line: at + 1, text: lines[at] ?? '' };
}
