import type { TimelineEntry, TimelineFilter } from '@thalogos/contracts';

/** Whether an entry is what is looked for. */
export function isLookedFor(entry: TimelineEntry, filter: TimelineFilter): boolean {
  const { agent, person, kind, since, until, text } = filter;
  return (
    (kind === undefined || entry.kind === kind) &&
    (person === undefined || entry.by === person) &&
    (agent === undefined || entry.tasks.some((task) => task.agent === agent)) &&
    isWithin(entry.at, since, until) &&
    holds(entry, (text ?? '').trim().toLowerCase())
  );
}

function isWithin(at: number, since: number | undefined, until: number | undefined): boolean {
  return (since === undefined || at >= since) && (until === undefined || at < until);
}

function holds({ summary, tag, branch, by, tasks, commit }: TimelineEntry, needle: string): boolean {
  if (needle === '') return true;
  if (commit?.startsWith(needle) === true) return true;
  const words = [
    summary,
    tag ?? '',
    branch ?? '',
    by,
    ...tasks.flatMap((task) => [task.title, task.agent, task.id]),
  ];
  return words.some((word) => word.toLowerCase().includes(needle));
}
