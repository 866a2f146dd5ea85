import type { ProposeInput, TaskId } from '@thalogos/contracts';
import type { Actor } from '../access/role.ts';
import { commitTree } from '../git/commit-tree.ts';
import { type Repository, THALOGOS_EMAIL } from '../git/git.ts';
import { mergeTree } from '../git/merge-tree.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import { updateRefs } from '../git/update-refs.ts';
import { Refusal } from '../platform/refusal.ts';
import { choicesOf, type ConflictRecord } from './conflict.ts';
import type { ConflictsDeps, OrderProposal } from './conflict-deps.ts';
import { findConflict } from './find-conflict.ts';
import { readIntentions } from './get-conflict.ts';
import { conflictRef, keepConflicts } from './keep-conflicts.ts';
import { sayProposal } from './say-proposal.ts';

/**
 * Asks an agent for a solution: a task like any other, whose worktree starts from the merge with
 * its markers. What a person approves of it becomes the resolution; it never enters a Save itself.
 */
export async function proposeSolution(
  deps: ConflictsDeps & { readonly order: OrderProposal },
  input: ProposeInput,
  actor: Actor,
): Promise<TaskId> {
  const record = await findConflict(deps, input.conflict);
  const { conflict, project } = record;
  assertProposable(deps, record);
  const their = deps.findTask(conflict.theirs.task) ?? ourTask(deps, record);
  if (their === null) {
    throw new Refusal(
      'wrong-state',
      `No task stands behind the conflict in ${conflict.path}, so there is no session for a proposal.`,
      {
        hint: 'Settle it by hand: thalogos resolve',
      },
    );
  }
  const note = await keepConflicts(deps, { ...record, found: [record] });
  const [base, intentions] = await Promise.all([commitMarked(deps, record), readIntentions(deps, record)]);
  return deps.order(
    {
      ...{ project, session: their.session, settles: conflict.id, base },
      title: `Propose a solution for ${conflict.path}`,
      text: sayProposal(conflict, intentions, input.note ?? ''),
      agent: input.agent ?? null,
    },
    actor.name,
    (task) => {
      const [kept = record] = note();
      deps.store.put({ ...kept, proposal: task });
      const about = { project, session: their.session, task, by: actor.name };
      deps.recorder.record({ ...about, type: 'conflict.proposed', data: { conflict, proposal: task } });
    },
  );
}

function ourTask({ findTask }: ConflictsDeps, { conflict }: ConflictRecord) {
  return conflict.ours.task === null ? null : findTask(conflict.ours.task);
}

function assertProposable({ findTask }: ConflictsDeps, record: ConflictRecord): void {
  const { conflict, sides, proposal } = record;
  if (choicesOf(conflict.kind, sides, true).length === 0) {
    throw new Refusal(
      'wrong-state',
      `The conflict in ${conflict.path} (${conflict.kind}) can't be settled by its path alone, by an agent neither.`,
      {
        hint: `Send one side back with what it collides with: thalogos reject ${conflict.theirs.task} --because "..."`,
      },
    );
  }
  const earlier = proposal === null ? null : findTask(proposal);
  if (earlier === null || earlier.state === 'cancelled' || earlier.state === 'saved') return;
  throw new Refusal(
    'conflict',
    `Task ${earlier.id} was asked for a solution of ${conflict.path} already; it is ${earlier.state}.`,
    {
      hint: `Review it, send it back with what is missing, or cancel it: thalogos cancel ${earlier.id}`,
    },
  );
}

/** The merge as git leaves it, with markers where the sides differ, as a commit that a worktree can start from. */
async function commitMarked(
  deps: ConflictsDeps,
  { project, conflict, commits }: ConflictRecord,
): Promise<string> {
  const { hub } = deps.place(project);
  const merge = await mergeTree(hub, commits.ours, commits.theirs);
  const thalogos = { name: 'Thalogos', email: THALOGOS_EMAIL, at: deps.clock.now() };
  const base = await commitTree(hub, {
    tree: merge.tree,
    parents: [commits.ours, commits.theirs],
    author: thalogos,
    committer: thalogos,
    message: `Conflict in ${conflict.path}\n\nBoth sides joined, with markers where they differ; for a proposal, never for main.`,
  });
  await keep(hub, conflictRef(conflict.id, 'proposal'), base);
  return base;
}

async function keep(hub: Repository, ref: string, to: string): Promise<void> {
  const moved = await updateRefs(hub, [{ ref, from: await resolveRef(hub, ref), to }], 'proposal');
  if (moved.kind === 'moved') throw new Error(`Could not move ${ref}: something else moved it meanwhile`);
}
