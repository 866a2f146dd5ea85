import type { ProjectId, RebuiltTimeline } from '@thalogos/contracts';
import type { Repository } from '../git/git.ts';
import { isAncestor } from '../git/is-ancestor.ts';
import { listRefs, type Ref } from '../git/list-refs.ts';
import { orderByDescent } from '../git/order-by-descent.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import { verifySignature } from '../git/verify-signature.ts';
import { Refusal } from '../platform/refusal.ts';
import { readTaggedEntry, type TaggedEntry } from './checkpoint-tag.ts';
import type { TimelineRow } from './timeline-book.ts';
import type { TimelineDeps, TimelinePlace } from './timeline-deps.ts';

/**
 * Writes a project's checkpoints anew from the signed tags of its hub, which carry their
 * lines; what failed to land left no tag and a promotion makes none, so such lines stay as they are. Tags that are not
 * ours, or whose commit is not on the branch, are told and left out.
 */
export async function rebuildTimeline(
  deps: TimelineDeps,
  project: ProjectId,
  by: string,
): Promise<RebuiltTimeline> {
  assertIdle(deps, project);
  const { book, recorder, audit } = deps;
  const found = await readTags(deps, project);
  const rows = await inOrder(
    deps.place(project),
    found.flatMap(({ row }) => row ?? []),
  );
  const problems = found.flatMap(({ problem }) => problem ?? []);
  assertIdle(deps, project);
  recorder.transact(() => {
    const others = book.newest(project, Number.MAX_SAFE_INTEGER).filter(isInNoTag).toReversed();
    book.replace(project, weave(rows, others));
    const why = `${rows.length} checkpoints from their tags, ${problems.length} tags left out`;
    audit.append({ who: by, what: 'timeline.rebuilt', onWhat: project, why, source: 'orchestrator' });
  });
  return { rebuilt: rows.length, problems };
}

/** A Save that runs writes into the book itself. */
function assertIdle({ isFrozen }: TimelineDeps, project: ProjectId): void {
  if (!isFrozen(project)) return;
  throw new Refusal('conflict', 'A Save of this project is running.', {
    hint: 'Wait for it, then rebuild the timeline.',
  });
}

interface Found {
  readonly row?: TimelineRow;
  readonly problem?: RebuiltTimeline['problems'][number];
}

async function readTags(deps: TimelineDeps, project: ProjectId): Promise<readonly Found[]> {
  const { hub, project: facts } = deps.place(project);
  const { allowedSigners } = await deps.keys.signing();
  const head = await resolveRef(hub, `refs/heads/${facts.branch}`);
  const found: Found[] = [];
  for (const ref of await listRefs(hub, 'refs/tags/checkpoint/')) {
    const read = await readTag({ hub, ref, head, allowedSigners });
    const what = ref.name.slice('refs/tags/'.length);
    found.push(typeof read === 'string' ? { problem: { what, why: read } } : { row: { ...read, project } });
  }
  return found;
}

interface TagQuestion {
  readonly hub: Repository;
  readonly ref: Ref;
  readonly head: string | null;
  readonly allowedSigners: string;
}

/** The row that a tag stands for, or why it stands for none. */
async function readTag(question: TagQuestion): Promise<Omit<TimelineRow, 'project'> | string> {
  const { hub, ref, allowedSigners } = question;
  const object = await hub.git.readObject({ gitDir: hub.gitDir, oid: ref.oid });
  if (object?.type !== 'tag') return 'It is not a signed tag.';
  const verdict = await verifySignature(hub, { oid: ref.oid, type: 'tag', allowedSigners });
  if (verdict.kind !== 'good') return 'It is not signed by this Thalogos.';
  const tagged = readTaggedEntry(object.content?.toString('utf8') ?? '');
  if (tagged === null) return 'It carries no line of the timeline.';
  const stranger = await whyNotHere(question, tagged);
  return stranger ?? { ...tagged, tagObject: ref.oid };
}

/** Why what a tag of ours says is not said of this branch; null when it is. */
async function whyNotHere({ hub, ref, head }: TagQuestion, { entry }: TaggedEntry): Promise<string | null> {
  const { tag, commit } = entry;
  if (commit === null || commit !== ref.commit || `refs/tags/${tag ?? ''}` !== ref.name)
    return 'It was signed for another checkpoint.';
  const isOn = head !== null && (await isAncestor(hub, commit, head));
  return isOn ? null : 'Its commit is not on the branch.';
}

function isInNoTag({ entry }: TimelineRow): boolean {
  return entry.kind === 'failed' || entry.kind === 'promotion';
}

/** Oldest first: each checkpoint stands on the one before it, whatever the clock said when it was made. */
async function inOrder(
  { hub, project }: TimelinePlace,
  rows: readonly TimelineRow[],
): Promise<readonly TimelineRow[]> {
  const head = await resolveRef(hub, `refs/heads/${project.branch}`);
  if (head === null) return rows;
  const commits = rows.flatMap(({ entry }) => entry.commit ?? []);
  const place = new Map((await orderByDescent(hub, head, commits)).map((oid, at) => [oid, at]));
  const placeOf = ({ entry }: TimelineRow) => place.get(entry.commit ?? '') ?? -1;
  return rows.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** Lines without a tag between those that have one: by their time, and both in the order that they have. */
function weave(rows: readonly TimelineRow[], others: readonly TimelineRow[]): readonly TimelineRow[] {
  const waiting = [...others];
  const woven: TimelineRow[] = [];
  for (const row of rows) {
    while (waiting[0] !== undefined && waiting[0].entry.at < row.entry.at)
      woven.push(...waiting.splice(0, 1));
    woven.push(row);
  }
  return [...woven, ...waiting];
}
