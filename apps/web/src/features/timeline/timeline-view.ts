import type { Seal, Task, TimelineDetail, TimelineEntry } from '@thalogos/contracts';
import { checkpointOf } from '../../lib/checkpoint-of.ts';
import { formatDay, formatNoun, formatSequence } from '../../lib/format.ts';
import type { StateLook } from '../../ui/task-look.ts';

/** What names an entry in an address: its tag, or its own name where it is no checkpoint. */
export function entryId(entry: TimelineEntry): string {
  return checkpointOf(entry) ?? entry.save;
}

/** How an entry looks on the lane. */
export function entryLook(entry: TimelineEntry): StateLook | 'restored' | 'promoted' {
  if (entry.kind === 'promotion') return 'promoted';
  if (entry.kind === 'failed')
    return entry.checks.some((check) => check.state === 'failed') ? 'failed' : 'conflict';
  return entry.kind === 'restore' ? 'restored' : 'saved';
}

/** The title of an entry: a checkpoint by its number, a Save that did not land by that. */
export function entryTitle(entry: TimelineEntry): string {
  if (entry.kind === 'failed')
    return `Save stopped: ${entry.summary.charAt(0).toLowerCase()}${entry.summary.slice(1)}`;
  if (entry.kind === 'restore' && entry.tag !== null)
    return `${formatSequence(entry.tag)} Restored ${entry.restored === null ? '' : formatSequence(entry.restored)}`.trimEnd();
  if (entry.kind === 'promotion')
    return `Promoted ${formatSequence(entry.tag ?? '')} to ${entry.branch ?? 'a branch'}`;
  return entry.tag === null ? entry.summary : `${formatSequence(entry.tag)} ${entry.summary}`;
}

/** The line below the title. */
export function entryFacts(entry: TimelineEntry): string {
  if (entry.kind === 'failed')
    return entry.tasks.length === 0
      ? 'main not moved'
      : `${formatNoun(entry.tasks.length, 'task')}, main not moved`;
  if (entry.kind === 'restore')
    return entry.undone.length === 0 ? 'nothing undone' : `${formatNoun(entry.undone.length, 'task')} undone`;
  if (entry.kind === 'promotion') return `by ${entry.by}`;
  return `${formatNoun(entry.tasks.length, 'task')}, ${formatNoun(entry.files, 'file')}`;
}

/** The agents of an entry, each once. */
export function entryAgents(entry: TimelineEntry): readonly string[] {
  return [...new Set(entry.tasks.map((task) => task.agent))];
}

/** Entries of one day, newest first. */
export interface DayGroup {
  readonly day: string;
  readonly entries: readonly TimelineEntry[];
}

/** Entries by day, in the order in which they came to be, newest first; a clock that was put back does not change that. Pure: `now` in ms. */
export function groupByDay(entries: readonly TimelineEntry[], now: number): readonly DayGroup[] {
  const groups: { day: string; entries: TimelineEntry[] }[] = [];
  for (const entry of entries) {
    const day = formatDay(entry.at, now);
    const last = groups.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else groups.push({ day, entries: [entry] });
  }
  return groups;
}

/** The newest checkpoint: where `main` is. Entries newest first. */
export function newestCheckpoint(entries: readonly TimelineEntry[]): TimelineEntry | null {
  return entries.find((entry) => checkpointOf(entry) !== null) ?? null;
}

/** The stations of a restore: what is restored, what is passed over, and where `main` is now; a long middle is cut. */
export function restorePath(
  target: string,
  passed: readonly string[],
): readonly { readonly tag: string; readonly isCut: boolean }[] {
  const gone = passed.filter((tag) => tag !== target);
  const shown = gone.length > 4 ? [...gone.slice(0, 1), ...gone.slice(-2)] : gone;
  return [
    { tag: target, isCut: false },
    ...shown.map((tag, index) => ({ tag, isCut: gone.length > 4 && index === 1 })),
  ];
}

/** The newest task that does an undone one again, if a person has asked for it; it carries the old name as its key. */
export function redoneAs(tasks: readonly Task[], undone: string): Task | null {
  const again = tasks.filter((task) => task.key === undone && task.id !== undone);
  return again.findLast((task) => task.state !== 'cancelled') ?? null;
}

/** What follows of branching off: where tasks start, what stays, and how it comes back together. */
export function branchingWords(later: number, tag: string): readonly string[] {
  return [
    `A new session opens. Its tasks start from the files of ${formatSequence(tag)}, not from where main is now.`,
    later === 0
      ? 'Main stays where it is.'
      : `Main stays where it is, with ${formatNoun(later, 'later checkpoint')}; nothing is undone.`,
    'What comes of it is merged into main when you save it, so it may conflict with what was saved since.',
  ];
}

/** The branch of the chain that a checkpoint comes to next; null where it was brought to every one. */
export function nextPromotion(
  promotions: TimelineDetail['promotions'],
  environments: readonly string[],
): string | null {
  const reached = new Set(promotions.map(({ branch }) => branch));
  return environments.find((name) => !reached.has(name)) ?? null;
}

/** One line of the list. */
export type Line =
  | { readonly kind: 'day'; readonly key: string; readonly day: string }
  | { readonly kind: 'entry'; readonly key: string; readonly entry: TimelineEntry }
  | { readonly kind: 'older'; readonly key: string };

/** The list as it is drawn: days, their entries, and what loads the rest. Pure: `now` in ms. */
export function toLines(
  entries: readonly TimelineEntry[],
  { now, hasOlder }: { readonly now: number; readonly hasOlder: boolean },
): readonly Line[] {
  const lines = groupByDay(entries, now).flatMap((group): Line[] => {
    const first = group.entries[0]?.save ?? '';
    return [
      { kind: 'day', key: `${group.day} ${first}`, day: group.day },
      ...group.entries.map((entry): Line => ({ kind: 'entry', key: `${entry.save} ${entry.tag}`, entry })),
    ];
  });
  return hasOlder ? [...lines, { kind: 'older', key: `older ${entries.length}` }] : lines;
}

/** How a seal is shown: a word, a look, and whether it is as it should be. */
export function sealWords(state: Seal['state']): { readonly word: string; readonly look: StateLook } {
  switch (state) {
    case 'verified':
      return { word: 'verified', look: 'ready' };
    case 'unsigned':
      return { word: 'not signed', look: 'waiting' };
    case 'unknown-key':
      return { word: 'signed with an unknown key', look: 'waiting' };
    case 'tampered':
      return { word: 'tampered with', look: 'failed' };
    case 'missing':
      return { word: 'tag is gone', look: 'failed' };
  }
}
