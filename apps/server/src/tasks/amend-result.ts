import type { Oid, Task, TaskState } from '@thalogos/contracts';
import { commitTree } from '../git/commit-tree.ts';
import { listChanges } from '../git/diff-trees.ts';
import { type Repository, type SigningKey, THALOGOS_EMAIL } from '../git/git.ts';
import { updateRefs } from '../git/update-refs.ts';
import { Refusal } from '../platform/refusal.ts';
import { countFiles, pointBranch } from './keep-work.ts';
import { requireTask } from './move-task.ts';
import { assertNotLanding, reopenDescendants, type RuleDeps } from './rule-result.ts';
import type { TaskRecord } from './task.ts';
import type { TaskProjects } from './task-place.ts';
import { taskView } from './task-view.ts';

/** What amending results needs. */
export interface AmendDeps extends RuleDeps {
  readonly projects: Pick<TaskProjects, 'place'>;
  readonly signingKey: () => Promise<SigningKey>;
  readonly version: string;
}

/** What a person makes of a result. */
export interface Amendment {
  readonly task: string;
  /** The tree of the result that it was made against; any other one now, and it is refused. */
  readonly tree: Oid;
  /** In a few words, as a commit's first line: `Edit src/a.ts`. */
  readonly title: string;
  /** The same as a past fact: `edited src/a.ts`. */
  readonly what: string;
  readonly paths: readonly string[];
  readonly isUndo?: boolean;
  /** Makes the new tree; nothing else may come of it. */
  readonly make: (hub: Repository) => Promise<Oid>;
  /** Told in the same transaction. */
  readonly onKept: () => void;
}

/** Makes a commit of a person's change on a task's branch; throws `Refusal` where the result is not what they saw. */
export type AmendResult = (amendment: Amendment, by: string) => Promise<Task>;

/**
 * The one door through which a person changes a result.
 *
 * No worktree is touched: nobody may write there but an agent's run, which brings the change in when it
 * begins (`catch-up.ts`). So an agent that starts in this very moment either sees the change or prevents it.
 */
export function makeAmendResult(deps: AmendDeps): AmendResult {
  return async (amendment, by) => {
    const { hub } = deps.projects.place(requireTask(deps.tasks, amendment.task).project);
    // Of two at once, the second one finds that the first has changed the tree.
    return hub.git.exclusively(`result of ${amendment.task}`, () => amend(deps, { amendment, hub }, by));
  };
}

async function amend(
  deps: AmendDeps,
  { amendment, hub }: { readonly amendment: Amendment; readonly hub: Repository },
  by: string,
): Promise<Task> {
  const task = requireTask(deps.tasks, amendment.task);
  const { base, result } = assertAmendable(deps, task, amendment);
  const tree = await amendment.make(hub);
  if (tree === amendment.tree) {
    throw refuse(amendment, 'It would change nothing.', 'What is there is the same already.');
  }
  const files = countFiles(await listChanges(hub, { from: base, to: tree, withoutRenames: true }));
  if (files.changed === 0) {
    throw refuse(
      amendment,
      'Nothing of the result would be left.',
      'Nothing was changed. Send the task back with what is missing, or cancel it.',
    );
  }
  const commit = await commitAmendment(deps, hub, { amendment, task, by, tree, parent: result });
  await pointBranch(hub, task, commit);
  try {
    return keep(deps, amendment, { work: { result: commit, tree, files }, by });
  } catch (cause) {
    const back = { ref: `refs/heads/${task.branch}`, from: commit, to: result };
    await updateRefs(hub, [back], `result of ${task.id}`);
    throw cause;
  }
}

type Work = { readonly result: Oid; readonly tree: Oid; readonly files: ReturnType<typeof countFiles> };

/** In one transaction with a last look whether the task still rests with what the person saw. */
function keep(deps: AmendDeps, amendment: Amendment, { work, by }: { work: Work; by: string }): Task {
  const { tasks, recorder, move, clock } = deps;
  return recorder.transact(() => {
    const task = requireTask(tasks, amendment.task);
    assertAmendable(deps, task, amendment);
    const { what, paths, isUndo = false } = amendment;
    if (task.state.kind === 'approved')
      move(task.id, { type: 'task.reopened', why: `${by} changed it: ${what}` }, by);
    const fact = { type: 'task.amended', ...{ work, what, paths, by, isUndo }, at: clock.now() } as const;
    const amended = move(task.id, fact, by);
    reopenDescendants({ tasks, move }, amended, `${amended.title}, which it builds on, was changed`);
    amendment.onKept();
    return taskView(amended);
  });
}

function assertAmendable(
  { isPublishing }: AmendDeps,
  task: TaskRecord,
  amendment: Amendment,
): { readonly base: Oid; readonly result: Oid } {
  assertResting(task, amendment);
  assertNotLanding(task, isPublishing);
  const { result, tree } = task.work ?? { result: null, tree: null };
  if (task.base === null || result === null || tree === null)
    throw refuse(amendment, 'It has no result.', 'Send it back with what is missing.');
  if (tree === amendment.tree) return { base: task.base, result };
  throw refuse(
    amendment,
    `It has changed since you looked: its tree is ${tree} now, not ${amendment.tree}.`,
    'Nothing was changed. Look at the diff again, then repeat it.',
  );
}

const AT_WORK: ReadonlySet<TaskState> = new Set(['queued', 'running', 'waiting']);

function assertResting({ state, agent }: TaskRecord, amendment: Amendment): void {
  if (state.kind === 'review' || state.kind === 'approved') return;
  if (AT_WORK.has(state.kind)) {
    throw refuse(
      amendment,
      `${agent} is at work on it: it is ${state.kind}.`,
      'Nothing was changed. Wait until it rests in review, or stop it.',
    );
  }
  throw refuse(amendment, `It is ${state.kind}, not in review.`, 'Nothing was changed.');
}

function refuse({ title, task }: Amendment, why: string, hint: string): Refusal {
  return new Refusal('conflict', `Could not ${lowerFirst(title)} in the result of task ${task}. ${why}`, {
    hint,
  });
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

interface Committed {
  readonly amendment: Amendment;
  readonly task: TaskRecord;
  readonly by: string;
  readonly tree: Oid;
  readonly parent: Oid;
}

async function commitAmendment(
  { clock, signingKey, version }: AmendDeps,
  hub: Repository,
  { amendment, task, by, tree, parent }: Committed,
): Promise<Oid> {
  const at = clock.now();
  return commitTree(hub, {
    tree,
    parents: [parent],
    author: { name: by, email: THALOGOS_EMAIL, at },
    committer: { name: 'Thalogos', email: THALOGOS_EMAIL, at },
    message: amendment.title,
    trailers: [
      { key: 'Thalogos-Session', value: task.session },
      { key: 'Thalogos-Task', value: task.id },
      { key: 'Thalogos-Amended-By', value: by },
      { key: 'Thalogos-Version', value: version },
    ],
    key: await signingKey(),
  });
}
