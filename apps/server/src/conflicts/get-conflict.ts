import type { ConflictDetail, ConflictIntention } from '@thalogos/contracts';
import { readPatch } from '../git/diff-trees.ts';
import type { Repository } from '../git/git.ts';
import { findMergeBase } from '../git/merge-base.ts';
import { choicesOf, type ConflictRecord } from './conflict.ts';
import type { ConflictsDeps } from './conflict-deps.ts';
import { findConflict } from './find-conflict.ts';
import { readHunks, readTexts } from './read-conflict.ts';
import { recall } from './remember.ts';
import { resolutionOf, resolutionView } from './resolutions.ts';

/** Bytes of a side's own patch that are shown. */
const MAX_PATCH = 256 * 1024;

/** Reads everything that a person needs to settle one conflict. */
export async function getConflict(deps: ConflictsDeps, id: string): Promise<ConflictDetail> {
  const record = await findConflict(deps, id);
  const { hub } = deps.place(record.project);
  const { conflict, sides, save, at, project, key } = record;
  const [texts, intentions] = await Promise.all([readTexts(hub, record), readIntentions(deps, record)]);
  const hunks = texts === null ? [] : await readHunks(hub, texts);
  const resolution = resolutionOf(deps, project, key);
  return {
    ...{ ...conflict, save, at, intentions },
    contents: texts ?? { base: null, ours: null, theirs: null },
    isText: texts !== null,
    hunks: [...hunks],
    choices: choicesOf(conflict.kind, sides, texts !== null),
    resolution: resolutionView(resolution),
    remembered: resolution === null ? recall(deps.store, record, hunks) : null,
    proposal: proposalOf(deps, record),
  };
}

function proposalOf({ findTask }: ConflictsDeps, { proposal }: ConflictRecord): ConflictDetail['proposal'] {
  const task = proposal === null ? null : findTask(proposal);
  return task === null ? null : { task: task.id, state: task.state };
}

/** What each side wanted, in its own words and as its own change of the path. */
export async function readIntentions(
  deps: ConflictsDeps,
  record: ConflictRecord,
): Promise<ConflictDetail['intentions']> {
  const { hub } = deps.place(record.project);
  const { conflict, commits } = record;
  const base = await findMergeBase(hub, commits.ours, commits.theirs);
  const patchOf = (to: string) => readPathPatch(hub, { from: base, to, path: conflict.path });
  const [ours, theirs] = await Promise.all([patchOf(commits.ours), patchOf(commits.theirs)]);
  return {
    ours: { ...wordsOf(deps, conflict.ours), patch: ours },
    theirs: { ...wordsOf(deps, conflict.theirs), patch: theirs },
  };
}

function wordsOf(
  { findTask }: ConflictsDeps,
  side: { readonly task: string | null; readonly title: string },
): Omit<ConflictIntention, 'patch'> {
  const task = side.task === null ? null : findTask(side.task);
  if (task === null) {
    return { task: null, session: null, title: side.title, text: `What ${side.title} holds.`, agent: null };
  }
  return { task: task.id, session: task.session, title: task.title, text: task.text, agent: task.agent };
}

interface PathRange {
  readonly from: string | null;
  readonly to: string;
  readonly path: string;
}

async function readPathPatch(hub: Repository, { from, to, path }: PathRange): Promise<string> {
  if (from === null) return '';
  const { patch } = await readPatch(hub, {
    from,
    to,
    paths: [path],
    maxPatch: MAX_PATCH,
    withoutRenames: true,
  });
  return patch;
}
