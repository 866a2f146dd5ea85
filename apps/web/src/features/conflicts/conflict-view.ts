import type { Conflict, ConflictDetail, ConflictList, Resolution, SavePreview } from '@thalogos/contracts';
import { formatNoun } from '../../lib/format.ts';
import type { StateLook } from '../../ui/task-look.ts';

/** One line of the list of conflicts. */
export type ConflictRow = ConflictList['conflicts'][number];

/** What each kind of conflict is called, in the order in which they are listed. */
export const KIND_TITLES: Readonly<Record<Conflict['kind'], string>> = {
  text: 'Text',
  'add-add': 'Added by both',
  'modify-delete': 'Changed and deleted',
  rename: 'Moved and changed',
  binary: 'Binary',
  gitlink: 'Submodule',
};

const ORDER = [
  'text',
  'add-add',
  'modify-delete',
  'rename',
  'binary',
  'gitlink',
] as const satisfies readonly Conflict['kind'][];

/** Conflicts of one kind. */
export interface KindGroup {
  readonly kind: Conflict['kind'];
  readonly title: string;
  readonly conflicts: readonly ConflictRow[];
}

/** Conflicts by kind, in a fixed order; kinds without one are left out. */
export function groupByKind(conflicts: readonly ConflictRow[]): readonly KindGroup[] {
  return ORDER.map((kind) => ({
    kind,
    title: KIND_TITLES[kind],
    conflicts: conflicts.filter((one) => one.kind === kind),
  })).filter((group) => group.conflicts.length > 0);
}

/** The conflicts in the order in which they are listed. */
function inOrder(conflicts: readonly ConflictRow[]): readonly ConflictRow[] {
  return groupByKind(conflicts).flatMap((group) => group.conflicts);
}

/** The conflict one step further; it stops at the ends. */
export function stepConflict(conflicts: readonly ConflictRow[], id: string, step: 1 | -1): string | null {
  const all = inOrder(conflicts);
  const at = all.findIndex((one) => one.id === id);
  return all[at + step]?.id ?? null;
}

/** The next one that nobody has settled, after this one and then from the top. */
export function nextOpen(conflicts: readonly ConflictRow[], id: string): ConflictRow | null {
  const all = inOrder(conflicts);
  const at = all.findIndex((one) => one.id === id);
  return (
    [...all.slice(at + 1), ...all.slice(0, Math.max(0, at))].find((one) => one.resolution === null) ?? null
  );
}

/** How a conflict stands, as icon and word. */
export function standing(resolution: Resolution | null): { readonly look: StateLook; readonly word: string } {
  return resolution === null
    ? { look: 'conflict', word: 'open' }
    : { look: 'ready', word: `settled by ${resolution.by}` };
}

type Sides = Pick<Conflict, 'path' | 'kind' | 'ours' | 'theirs'>;

/** What happened, in one line. */
export function conflictTitle({ path, kind, ours, theirs }: Sides): string {
  const verb: Record<Conflict['kind'], string> = {
    text: 'change the same lines of',
    'add-add': 'both add',
    'modify-delete': 'change and delete',
    rename: 'move and change',
    binary: 'both replace',
    gitlink: 'point elsewhere with',
  };
  return `${ours.title} and ${theirs.title} ${verb[kind]} ${path}`;
}

/** What taking one side does to the path, as it stands on the button. */
export function sideVerb(
  side: 'ours' | 'theirs',
  { contents, isText }: Pick<ConflictDetail, 'contents' | 'isText'>,
): string {
  const isGone = isText && contents[side] === null;
  return isGone ? 'Delete the file' : 'Take this file whole';
}

/** How a conflict was settled, in a sentence without its end. */
export function resolutionWords(
  { take, task }: Resolution,
  { ours, theirs }: Pick<Conflict, 'ours' | 'theirs'>,
): string {
  switch (take) {
    case 'ours':
      return `the whole file of ${ours.title}`;
    case 'theirs':
      return `the whole file of ${theirs.title}`;
    case 'union':
      return 'the lines of both sides';
    case 'content':
      return task === null ? 'a result put together by hand' : 'the proposal of an agent';
  }
}

/** One stretch of lines, shown or folded; `at` is the number of its first line, from 0. */
export interface Stretch {
  readonly at: number;
  readonly lines: readonly string[];
  readonly isFolded: boolean;
}

const CONTEXT = 3;
/** Fewer lines than this are not worth a fold. */
const LEAST = 3;

/** Lines that both sides have alike, folded to the few beside a place that differs. */
export function foldSame(
  lines: readonly string[],
  given: { readonly isFirst: boolean; readonly isLast: boolean },
): readonly Stretch[] {
  const head = given.isFirst ? 0 : CONTEXT;
  const tail = given.isLast ? 0 : CONTEXT;
  if (lines.length < head + tail + LEAST) return [{ at: 0, lines, isFolded: false }];
  const cut = lines.length - tail;
  return [
    { at: 0, lines: lines.slice(0, head), isFolded: false },
    { at: head, lines: lines.slice(head, cut), isFolded: true },
    { at: cut, lines: lines.slice(cut), isFolded: false },
  ].filter((stretch) => stretch.lines.length > 0);
}

/** Where a hunk begins on each side, from line 1; null where its lines do not stand in that side as they are. */
export interface HunkStart {
  readonly ours: number | null;
  readonly result: number;
  readonly theirs: number | null;
}

/** Finds stretches of lines in a file, each after the one before; what is the same may have been joined from both sides. */
function makeFinder(content: string | null): (lines: readonly string[]) => number | null {
  const all = content?.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  let from = 0;
  return (lines) => {
    const last = all.length - lines.length;
    for (let at = from; lines.length > 0 && at <= last; at += 1) {
      if (!lines.every((line, offset) => all[at + offset] === line)) continue;
      from = at + lines.length;
      return at + 1;
    }
    return null;
  };
}

/** The first line of each hunk on each side; `resultLengths` are the lines of each hunk in the result. */
export function hunkStarts(
  { hunks, contents }: Pick<ConflictDetail, 'hunks' | 'contents'>,
  resultLengths: readonly number[],
): readonly HunkStart[] {
  const find = { ours: makeFinder(contents.ours), theirs: makeFinder(contents.theirs) };
  let result = 1;
  return hunks.map((hunk, at) => {
    const [ours, theirs] = hunk.kind === 'same' ? [hunk.lines, hunk.lines] : [hunk.ours, hunk.theirs];
    const start = { ours: find.ours(ours), result, theirs: find.theirs(theirs) };
    result += resultLengths[at] ?? 0;
    return start;
  });
}

/** Results that would collide once they are saved together, and are not in the list of conflicts yet. */
export interface Collision {
  readonly key: string;
  /** Their tasks; the second is null for what main will hold. */
  readonly tasks: readonly [string, string | null];
  readonly files: readonly string[];
}

/** What the preview of a Save sees coming and nobody can settle yet, because something of it is not approved. */
export function collisionsOf(
  preview: Pick<SavePreview, 'pairs' | 'withMain'>,
  conflicts: readonly ConflictRow[],
): readonly Collision[] {
  const isListed = (tasks: readonly (string | null)[]) =>
    conflicts.some((one) => tasks.includes(one.ours.task) && tasks.includes(one.theirs.task));
  const coming: readonly Omit<Collision, 'key'>[] = [
    ...preview.pairs.map(({ a, b, files }) => ({ tasks: [a, b] as const, files })),
    ...(preview.withMain ?? []).map(({ task, files }) => ({ tasks: [task, null] as const, files })),
  ];
  return coming.filter(({ tasks }) => !isListed(tasks)).map((one) => ({ ...one, key: one.tasks.join(' ') }));
}

/** How many of the conflicts are settled, in words. */
export function settledWords(conflicts: readonly ConflictRow[]): string {
  const open = conflicts.filter((one) => one.resolution === null).length;
  if (conflicts.length === 0) return 'none';
  return open === 0 ? 'all settled' : `${open} of ${formatNoun(conflicts.length, 'conflict')} left`;
}
