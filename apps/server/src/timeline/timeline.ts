import type { ProjectId, TimelineEntry } from '@thalogos/contracts';
import { listRefs } from '../git/list-refs.ts';
import { effectsOf } from './effects.ts';
import { rebuildTimeline } from './rebuild-timeline.ts';
import type { TimelineCalls } from './timeline.api.ts';
import type { TimelineDeps } from './timeline-deps.ts';
import type { TimelineRow } from './timeline-book.ts';
import { verifyCommands, verifyProject } from './verify.ts';

/** Joins the read side of what was saved and restored. */
export function makeTimeline(deps: TimelineDeps): TimelineCalls {
  return {
    list: ({ project, limit }) => listEntries(deps, project, limit),
    verify: (project) => verifyProject(deps, project),
    rebuild: (project, actor) => rebuildTimeline(deps, project, actor.name),
    verifyCommand: (project) => verifyCommands(deps, project),
  };
}

async function listEntries(
  { book, place }: TimelineDeps,
  project: ProjectId,
  limit: number,
): Promise<readonly TimelineEntry[]> {
  const { hub } = place(project);
  const tags = new Map((await listRefs(hub, 'refs/tags/checkpoint/')).map((ref) => [ref.name, ref.oid]));
  const { undoneBy } = effectsOf(book.landed(project).map((row) => row.entry));
  return book.newest(project, limit).map((row) => ({
    ...row.entry,
    signature: signatureOf(row, tags),
    undoneBy: isCheckpoint(row) ? (undoneBy.get(row.entry.tag ?? '') ?? null) : null,
  }));
}

/** A promotion is never undone: its branch stays where it was brought. */
function isCheckpoint({ entry }: TimelineRow): boolean {
  return entry.kind === 'save' || entry.kind === 'restore';
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
