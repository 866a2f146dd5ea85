import type { Task, TimelineEntry } from '@thalogos/contracts';
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

/** What one looks for in the timeline. */
export interface TimelineFilter {
  readonly text: string;
  readonly checkpointsOnly: boolean;
}

/** Entries that hold the text in their summary, number, people, agents or tasks. */
export function filterEntries(
  entries: readonly TimelineEntry[],
  { text, checkpointsOnly }: TimelineFilter,
): readonly TimelineEntry[] {
  const needle = text.trim().toLowerCase();
  return entries.filter((entry) => {
    if (checkpointsOnly && checkpointOf(entry) === null) return false;
    const words = [
      entry.summary,
      entry.tag ?? '',
      entry.branch ?? '',
      entry.by,
      ...entry.tasks.flatMap((task) => [task.title, task.agent, task.id]),
    ];
    return needle === '' || words.some((word) => word.toLowerCase().includes(needle));
  });
}

/** The newest checkpoint: where `main` is. Entries newest first. */
export function newestCheckpoint(entries: readonly TimelineEntry[]): TimelineEntry | null {
  return entries.find((entry) => checkpointOf(entry) !== null) ?? null;
}

/** What to restore in order to undo an entry: the checkpoint that was there just before it. Entries newest first. */
export function checkpointBefore(entries: readonly TimelineEntry[], entry: TimelineEntry): string | null {
  const at = entries.indexOf(entry);
  return at === -1 ? null : (entries.slice(at + 1).find((one) => checkpointOf(one) !== null)?.tag ?? null);
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

/** The tasks that a restore took off `main`, by the titles that they were saved with. */
export function undoneTasks(entries: readonly TimelineEntry[], entry: TimelineEntry): TimelineEntry['tasks'] {
  const known = new Map(entries.flatMap((one) => one.tasks.map((task) => [task.id, task] as const)));
  return entry.undone.map((id) => known.get(id) ?? { id, title: id, agent: '' });
}

/** Whose work of a list is off `main` at this moment: a restore took the checkpoint that saved it away. */
function undoneNow(entries: readonly TimelineEntry[], tasks: TimelineEntry['tasks']): TimelineEntry['tasks'] {
  const gone = new Set(
    entries.filter((entry) => entry.undoneBy !== null).flatMap((entry) => entry.tasks.map((task) => task.id)),
  );
  return tasks.filter((task) => gone.has(task.id));
}

/** The newest task that does an undone one again, if a person has asked for it; it carries the old name as its key. */
export function redoneAs(tasks: readonly Task[], undone: string): Task | null {
  const again = tasks.filter((task) => task.key === undone && task.id !== undone);
  return again.findLast((task) => task.state !== 'cancelled') ?? null;
}

/** The tasks that a restore took off `main`, else the entry's own, with whether each can be done again now. */
export function undoneIn(
  entries: readonly TimelineEntry[],
  entry: TimelineEntry,
): { readonly listed: TimelineEntry['tasks']; readonly redoable: ReadonlySet<string> } {
  const listed = entry.kind === 'restore' ? undoneTasks(entries, entry) : entry.tasks;
  return { listed, redoable: new Set(undoneNow(entries, listed).map((task) => task.id)) };
}

/** What follows of branching off: where tasks start, what stays, and how it comes back together. */
export function branchingWords(entries: readonly TimelineEntry[], tag: string): readonly string[] {
  const checkpoints = entries.filter((entry) => checkpointOf(entry) !== null);
  const later = Math.max(
    0,
    checkpoints.findIndex((entry) => entry.tag === tag),
  );
  return [
    `A new session opens. Its tasks start from the files of ${formatSequence(tag)}, not from where main is now.`,
    later === 0
      ? 'Main stays where it is.'
      : `Main stays where it is, with ${formatNoun(later, 'later checkpoint')}; nothing is undone.`,
    'What comes of it is merged into main when you save it, so it may conflict with what was saved since.',
  ];
}

/** The branches that a checkpoint was promoted to, in the order of the chain, and the one that comes next. */
export function promotionsOf(
  entries: readonly TimelineEntry[],
  tag: string,
  environments: readonly string[],
): { readonly on: readonly string[]; readonly next: string | null } {
  const reached = new Set(
    entries.filter((entry) => entry.kind === 'promotion' && entry.tag === tag).map((entry) => entry.branch),
  );
  const on = environments.filter((name) => reached.has(name));
  return { on, next: environments.find((name) => !reached.has(name)) ?? null };
}
