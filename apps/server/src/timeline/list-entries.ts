import type { ProjectId, TimelineEntry, TimelinePage, TimelinePageInput } from '@thalogos/contracts';
import { listRefs } from '../git/list-refs.ts';
import { effectsOf } from './effects.ts';
import type { TimelineDeps } from './timeline-deps.ts';
import type { TimelineRow } from './timeline-book.ts';
import { isLookedFor } from './timeline-filter.ts';

/** Entries as a person sees them: with what their tags look like now, and whether a restore took them off. */
export type ToEntry = (row: TimelineRow) => TimelineEntry;

/** The newest entries of a project. */
export async function listEntries(
  deps: TimelineDeps,
  project: ProjectId,
  limit: number,
): Promise<readonly TimelineEntry[]> {
  const toEntry = await makeToEntry(deps, project);
  return deps.book.newest(project, limit).map(toEntry);
}

/** One page of what is looked for, and whose names there are to look for. */
export async function pageEntries(
  deps: TimelineDeps,
  { project, filter, cursor, limit }: TimelinePageInput,
): Promise<TimelinePage> {
  const toEntry = await makeToEntry(deps, project);
  const entries: TimelineEntry[] = [];
  let last: number | null = null;
  let next: number | null = null;
  for (const { place, row } of deps.book.below(project, cursor ?? null)) {
    if (!isLookedFor(row.entry, filter)) continue;
    if (entries.length === limit) {
      next = last;
      break;
    }
    entries.push(toEntry(row));
    last = place;
  }
  // Who there is to look for is asked with the first page.
  const names = cursor === undefined ? namesIn(deps, project) : { agents: [], people: [] };
  return { entries, next, ...names };
}

function namesIn({ book }: TimelineDeps, project: ProjectId): Pick<TimelinePage, 'agents' | 'people'> {
  const agents = new Set<string>();
  const people = new Set<string>();
  for (const { row } of book.below(project, null)) {
    people.add(row.entry.by);
    for (const { agent } of row.entry.tasks) agents.add(agent);
  }
  return { agents: [...agents].toSorted(), people: [...people].toSorted() };
}

/** What is known of the entries' tags and of the restores at this moment. */
export async function makeToEntry({ book, place }: TimelineDeps, project: ProjectId): Promise<ToEntry> {
  const { hub } = place(project);
  const tags = new Map((await listRefs(hub, 'refs/tags/checkpoint/')).map((ref) => [ref.name, ref.oid]));
  const { undoneBy } = effectsOf(book.landed(project).map((row) => row.entry));
  return (row) => ({
    ...row.entry,
    signature: signatureOf(row, tags),
    undoneBy: isCheckpoint(row.entry) ? (undoneBy.get(row.entry.tag ?? '') ?? null) : null,
  });
}

/** A promotion is never undone: its branch stays where it was brought. */
export function isCheckpoint({ kind }: TimelineEntry): boolean {
  return kind === 'save' || kind === 'restore';
}

/** A tag that is still the very object we signed is good; `verify` looks at the signature itself. */
function signatureOf(
  { entry, tagObject }: TimelineRow,
  tags: ReadonlyMap<string, string>,
): TimelineEntry['signature'] {
  const found = entry.tag === null ? undefined : tags.get(`refs/tags/${entry.tag}`);
  if (found === undefined) return 'missing';
  return found === tagObject ? 'good' : 'bad';
}
