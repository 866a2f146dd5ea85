import type { ConflictHunk } from '@thalogos/contracts';

/** What a person chose for one place where two sides differ. */
export type HunkChoice =
  | { readonly take: 'ours' | 'theirs' | 'both' }
  | { readonly take: 'edited'; readonly text: string };

/** What a person has made of a conflict and not yet kept. */
export interface ConflictDraft {
  /** By the number of the hunk; a hunk without one is undecided. */
  readonly choices: Readonly<Record<number, HunkChoice>>;
  /** The whole file as edited by hand; it then counts instead of the choices. */
  readonly whole: string | null;
}

/** Nothing decided yet. */
export const UNDECIDED: ConflictDraft = { choices: {}, whole: null };

/** A draft in which every place is taken alike. */
export function takenAlike(hunks: readonly ConflictHunk[], take: 'ours' | 'theirs' | 'both'): ConflictDraft {
  const differing = hunks.flatMap((hunk, at) => (hunk.kind === 'conflict' ? [at] : []));
  return { choices: Object.fromEntries(differing.map((at) => [at, { take }])), whole: null };
}

/** One hunk that differs, with its number among all hunks. */
export type Difference = Extract<ConflictHunk, { kind: 'conflict' }>;

const isAlike = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((line, at) => line === b[at]);

/** What goes without saying: where only one side changed the lines, that side is taken. */
function plainChoice({ base, ours, theirs }: Difference): HunkChoice | null {
  if (isAlike(ours, base)) return { take: 'theirs' };
  return isAlike(theirs, base) || isAlike(ours, theirs) ? { take: 'ours' } : null;
}

/** The choice for a hunk: the person's, else what goes without saying, else none. */
export function choiceOf(
  draft: ConflictDraft,
  hunks: readonly ConflictHunk[],
  at: number,
): HunkChoice | null {
  const hunk = hunks[at];
  if (hunk === undefined || hunk.kind === 'same') return null;
  return draft.choices[at] ?? plainChoice(hunk);
}

/** The line end of a text: what its first line ends with. */
function lineEndOf(lines: readonly string[]): '\r\n' | '\n' {
  return lines.find((line) => line.endsWith('\n'))?.endsWith('\r\n') ? '\r\n' : '\n';
}

/** A text field knows one line end only; this gives a text from it the ends that its file has. */
function withLineEnds(text: string, end: '\r\n' | '\n'): string {
  return text.replace(/\r\n|\n/g, end);
}

const closed = (lines: readonly string[], end: string) =>
  lines.map((line, at) => (at === lines.length - 1 && !line.endsWith('\n') ? `${line}${end}` : line));

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** The lines that a choice makes of a hunk. `isLast`: nothing follows, so no line end is added. */
export function chosenLines(hunk: Difference, choice: HunkChoice, isLast: boolean): readonly string[] {
  const end = lineEndOf([...hunk.ours, ...hunk.theirs, ...hunk.base]);
  switch (choice.take) {
    case 'ours':
      return hunk.ours;
    case 'theirs':
      return hunk.theirs;
    case 'both':
      return [...closed(hunk.ours, end), ...hunk.theirs];
    case 'edited': {
      const lines = linesOf(withLineEnds(choice.text, end));
      return isLast ? lines : closed(lines, end);
    }
  }
}

/** The text in which a hunk is begun to be edited: its choice, else both sides one after the other. */
export function textToEdit(hunk: Difference, choice: HunkChoice | null): string {
  return chosenLines(hunk, choice ?? { take: 'both' }, true).join('');
}

/** What has come of a draft: the whole file, and where it is not ready. */
export interface DraftResult {
  readonly text: string;
  /** Numbers of hunks that nobody has decided. */
  readonly undecided: readonly number[];
  /** Lines (from 1) on which a conflict marker is left that neither side had. */
  readonly markers: readonly number[];
}

const MARKER = /^(?:<{7}|>{7}|\|{7})(?: |\r?$)/;

/** Lines (from 1) of a text that are conflict markers; those that a side has by itself are part of the file. */
export function markersIn(text: string, sides: readonly (string | null)[]): readonly number[] {
  const own = new Set(sides.flatMap((side) => side?.split('\n') ?? []).map((line) => line.trimEnd()));
  return text
    .split('\n')
    .flatMap((line, at) => (MARKER.test(line) && !own.has(line.trimEnd()) ? [at + 1] : []));
}

/** The names of the two sides, as they stand on the markers of an undecided place. */
export interface SideNames {
  readonly ours: string;
  readonly theirs: string;
}

function marked(hunk: Difference, names: SideNames): readonly string[] {
  const end = lineEndOf([...hunk.ours, ...hunk.theirs, ...hunk.base]);
  return [
    `<<<<<<< ${names.ours}${end}`,
    ...closed(hunk.ours, end),
    `=======${end}`,
    ...closed(hunk.theirs, end),
    `>>>>>>> ${names.theirs}${end}`,
  ];
}

/** The whole file as the choices make it; an undecided place stands between markers. */
function mergedText(hunks: readonly ConflictHunk[], draft: ConflictDraft, names: SideNames): string {
  return hunks
    .flatMap((hunk, at) => {
      if (hunk.kind === 'same') return hunk.lines;
      const choice = choiceOf(draft, hunks, at);
      return choice === null ? marked(hunk, names) : chosenLines(hunk, choice, at === hunks.length - 1);
    })
    .join('');
}

/** What has come of a draft so far. */
export function resultOf(
  given: { readonly hunks: readonly ConflictHunk[]; readonly sides: readonly (string | null)[] },
  draft: ConflictDraft,
  names: SideNames,
): DraftResult {
  const { hunks, sides } = given;
  if (draft.whole !== null) {
    const text = withLineEnds(draft.whole, lineEndOf(linesOf(sides.find((side) => side !== null) ?? '')));
    return { text, undecided: [], markers: markersIn(text, sides) };
  }
  const text = mergedText(hunks, draft, names);
  const undecided = hunks.flatMap((hunk, at) =>
    hunk.kind === 'conflict' && choiceOf(draft, hunks, at) === null ? [at] : [],
  );
  return { text, undecided, markers: markersIn(text, sides) };
}

/** Why a result can't be kept yet, in a sentence; null when it can. */
export function whyNotReady({ undecided, markers }: DraftResult): string | null {
  if (undecided.length > 0)
    return undecided.length === 1
      ? '1 place is not decided yet.'
      : `${undecided.length} places are not decided yet.`;
  if (markers.length === 0) return null;
  const [first = 1] = markers;
  return markers.length === 1
    ? `A conflict marker is left on line ${first}.`
    : `${markers.length} conflict markers are left, the first on line ${first}.`;
}
