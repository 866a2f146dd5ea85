import type { TaskId } from '@thalogos/contracts';
import type { SavableTask } from './save-deps.ts';

/** Which tasks a Save takes, in the order of merging, and why every other one is not among them. */
export interface MergePlan {
  readonly enters: readonly ApprovedTask[];
  readonly waits: readonly { readonly task: TaskId; readonly why: string }[];
}

/** A task whose result a person approved as it is. */
export type ApprovedTask = SavableTask & {
  readonly result: string;
  readonly tree: string;
  readonly approval: NonNullable<SavableTask['approval']>;
};

/** What the plan is made of. */
export interface MergeQuestion {
  readonly tasks: readonly SavableTask[];
  readonly only: readonly TaskId[] | null;
  readonly without: readonly TaskId[] | null;
  /** Saved tasks whose work a restore has taken off `main` again. */
  readonly undone: ReadonlySet<TaskId>;
}

/**
 * Chooses what enters a Save: what is approved, with everything it builds on, and
 * nothing that was left out. Dependencies come first, then the older task.
 */
export function planMerge(question: MergeQuestion): MergePlan {
  const byId = new Map(question.tasks.map((task) => [task.id, task]));
  const chosen = question.only === null ? null : withAncestors(question.only, byId);
  const reasons = new Map<TaskId, string | null>();
  const reasonFor = (id: TaskId): string | null => {
    const known = reasons.get(id);
    if (known !== undefined) return known;
    // Set before looking at ancestors, so that a cycle, which no plan should hold, ends.
    reasons.set(id, 'it waits for itself');
    const task = byId.get(id);
    const reason =
      task === undefined ? 'it was cancelled' : (ownReason(task, question, chosen) ?? inheritedReason(task));
    reasons.set(id, reason);
    return reason;
  };
  const inheritedReason = (task: SavableTask): string | null => {
    for (const id of task.after) {
      const ancestor = byId.get(id);
      if (ancestor !== undefined && bringsNothing(ancestor, question.undone)) continue;
      const reason = reasonFor(id);
      if (reason !== null) return `it builds on “${ancestor?.title ?? id}”, and ${reason}`;
    }
    return null;
  };
  const unsaved = question.tasks.filter((task) => task.state !== 'saved');
  const enters = unsaved.filter((task) => reasonFor(task.id) === null).filter(isApproved);
  const waits = unsaved.flatMap(({ id: task }) => {
    const why = reasonFor(task);
    return why === null ? [] : [{ task, why }];
  });
  return { enters: inMergeOrder(enters), waits };
}

/** An ancestor that needs no merging: it is on `main` already, or it changed nothing. */
function bringsNothing(task: SavableTask, undone: ReadonlySet<TaskId>): boolean {
  if (task.state === 'saved') return !undone.has(task.id);
  return task.result === null && (task.state === 'review' || task.state === 'approved');
}

function ownReason(
  task: SavableTask,
  question: MergeQuestion,
  chosen: ReadonlySet<TaskId> | null,
): string | null {
  if (task.state === 'saved') return 'a restore has undone it';
  if (question.without?.includes(task.id) === true) return 'it was left out of this Save';
  if (task.state !== 'approved') return STATE_REASONS[task.state];
  if (task.result === null || task.tree === null) return 'it changed nothing';
  if (!isApproved(task)) return 'its result changed after it was approved';
  return chosen === null || chosen.has(task.id) ? null : 'it was not chosen for this Save';
}

const STATE_REASONS: Readonly<Record<Exclude<SavableTask['state'], 'approved' | 'saved'>, string>> = {
  planned: 'its plan is not accepted yet',
  queued: 'it has not started yet',
  blocked: 'it has not started yet',
  running: 'its agent is still working',
  waiting: 'its agent waits for an answer',
  stopped: 'it was stopped',
  interrupted: 'it was interrupted',
  failed: 'it failed',
  review: 'it is not approved yet',
  rejected: 'it was rejected',
  cancelled: 'it was cancelled',
};

function isApproved(task: SavableTask): task is ApprovedTask {
  const { approval, result, tree } = task;
  return approval !== null && result !== null && approval.result === result && approval.tree === tree;
}

function withAncestors(ids: readonly TaskId[], byId: ReadonlyMap<TaskId, SavableTask>): ReadonlySet<TaskId> {
  const found = new Set(ids);
  // A set hands out what is added while it is walked.
  for (const id of found) for (const ancestor of byId.get(id)?.after ?? []) found.add(ancestor);
  return found;
}

/** Dependencies first, then the older one; tasks of one goal are as old as each other and keep their order in its plan. */
function inMergeOrder(tasks: readonly ApprovedTask[]): readonly ApprovedTask[] {
  const waiting = [...tasks].sort((a, b) => a.createdAt - b.createdAt);
  const ordered: ApprovedTask[] = [];
  while (waiting.length > 0) {
    const open = new Set(waiting.map((task) => task.id));
    const index = waiting.findIndex((task) => !task.after.some((id) => open.has(id)));
    ordered.push(...waiting.splice(Math.max(index, 0), 1));
  }
  return ordered;
}
