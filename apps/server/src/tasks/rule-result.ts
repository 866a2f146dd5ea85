import type { Oid, Task } from '@thalogos/contracts';
import type { Clock } from '../platform/clock.ts';
import type { Recorder } from '../platform/recorder.ts';
import { Refusal } from '../platform/refusal.ts';
import { descendantsOf } from './descendants.ts';
import { type MoveTask, requireTask } from './move-task.ts';
import type { Approval, TaskRecord } from './task.ts';
import type { TaskStore } from './task-store.ts';
import { taskView } from './task-view.ts';

/** What ruling on results needs. */
export interface RuleDeps {
  readonly tasks: TaskStore;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly move: MoveTask;
  /** Told that a task was queued, so that somebody looks for room. */
  readonly onQueued: (project: string) => void;
  /** Whether a Save of the project is putting approved work on main at this moment. */
  readonly isPublishing: (project: string) => boolean;
}

/**
 * Approves what is in review: the commit and the tree that were looked at; throws `Refusal`
 * where that is not what is there. `isUnasked`: by a rule or in advance, without a look.
 */
export function makeApprove({ tasks, clock, move, recorder }: RuleDeps, isUnasked = false) {
  const approve = (id: string, tree: string | null, by: string): Task => {
    const task = requireTask(tasks, id);
    if (isApproved(task, tree)) {
      if (isUnasked || task.state.approval.isUnasked !== true) return taskView(task);
      move(id, { type: 'task.reopened', why: 'a person has looked at it' }, by);
    }
    assertInReview(requireTask(tasks, id), 'approved');
    const { result, tree: current } = requireWork(task);
    if (tree !== null && tree !== current) {
      throw new Refusal(
        'conflict',
        `Task ${id} has changed since you looked: its tree is ${current} now, not ${tree}.`,
        {
          hint: 'Look at the diff again, then approve.',
        },
      );
    }
    const seen: Approval = { by, result, tree: current, at: clock.now() };
    const approval = isUnasked ? { ...seen, isUnasked } : seen;
    return taskView(move(id, { type: 'task.approved', approval }, by));
  };
  return (id: string, tree: string | null, by: string): Task =>
    recorder.transact(() => approve(id, tree, by));
}

/** Whether a task is approved with the tree that somebody means; null means whatever is there. */
function isApproved(task: TaskRecord, tree: string | null): task is TaskRecord & ApprovedNow {
  return task.state.kind === 'approved' && (tree ?? task.work?.tree) === task.work?.tree;
}

interface ApprovedNow {
  readonly state: Extract<TaskRecord['state'], { kind: 'approved' }>;
}

/** Rejects a result: its agent gets the reason as its next turn, and what builds on it goes back to review. */
export function makeReject({ tasks, recorder, move, onQueued, isPublishing }: RuleDeps) {
  return (id: string, because: string, by: string): Task =>
    recorder.transact(() => {
      const task = requireTask(tasks, id);
      assertNotLanding(task, isPublishing);
      if (task.state.kind === 'approved')
        move(id, { type: 'task.reopened', why: 'its approval was taken back' }, by);
      assertInReview(requireTask(tasks, id), 'rejected');
      move(id, { type: 'task.rejected', because }, by);
      const queued = move(
        id,
        { type: 'task.queued', reason: 'sent back with a reason', nextInput: because },
        by,
      );
      reopenDescendants({ tasks, move }, queued, `${queued.title}, which it builds on, was rejected`);
      onQueued(task.project);
      return taskView(queued);
    });
}

/** Sends approved descendants back to review, since what they were approved on top of is no longer so. */
export function reopenDescendants(
  { tasks, move }: Pick<RuleDeps, 'tasks' | 'move'>,
  { id, project }: TaskRecord,
  why: string,
): void {
  for (const descendant of descendantsOf(id, tasks.ofProject(project))) {
    if (descendant.state.kind === 'approved')
      move(descendant.id, { type: 'task.reopened', why }, 'orchestrator');
  }
}

function requireWork({ id, work }: TaskRecord): { readonly result: Oid; readonly tree: Oid } {
  const { result, tree } = work ?? { result: null, tree: null };
  if (result !== null && tree !== null) return { result, tree };
  throw new Refusal('wrong-state', `Task ${id} changed nothing, so there is nothing to approve.`, {
    hint: `Cancel it, or reject it with what is missing: thalogos reject ${id} --because "..."`,
  });
}

function assertInReview(task: TaskRecord, verb: string): void {
  if (verb === 'approved' && task.contest?.isKept === false) {
    throw new Refusal(
      'wrong-state',
      `Task ${task.id} is one of several attempts, and none has been kept, so it can't be approved.`,
      { hint: `Compare them: thalogos compare ${task.id}; then keep one: thalogos keep ${task.id}` },
    );
  }
  if (task.state.kind === 'review') return;
  throw new Refusal(
    'wrong-state',
    `Task ${task.id} is ${task.state.kind}, not in review, so it can't be ${verb}.`,
    {
      hint: 'See `thalogos tasks`.',
    },
  );
}

/** What is being put on main can't be taken back any more, only undone: by a rollback, once it is there. */
export function assertNotLanding(task: TaskRecord, isPublishing: RuleDeps['isPublishing']): void {
  if (task.state.kind !== 'approved' || !isPublishing(task.project)) return;
  throw new Refusal('conflict', `Task ${task.id} is being saved at this moment.`, {
    hint: 'Wait for the Save to end; what it landed is undone by a rollback.',
  });
}
