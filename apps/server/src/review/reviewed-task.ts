import type { Oid, ResultEdit, Task } from '@thalogos/contracts';
import type { Repository } from '../git/git.ts';
import { Refusal } from '../platform/refusal.ts';

/** A task as its review sees it. */
export interface ReviewedTask {
  readonly id: string;
  readonly project: string;
  /** What its change is compared with, the commit that holds it and that commit's tree; null while there is no result. */
  readonly change: { readonly base: Oid; readonly result: Oid; readonly tree: Oid } | null;
  /** What people changed in it since its agent rested, with the tree before each step. */
  readonly edits: readonly (ResultEdit & { readonly before: Oid })[];
}

/** One change of a result, before it is known whose and when. */
export interface Act {
  readonly title: string;
  readonly what: string;
  readonly paths: readonly string[];
  readonly isUndo?: boolean;
  readonly make: (hub: Repository) => Promise<Oid>;
}

/** The same with the tree that it was made against; see `tasks/amend-result.ts`, which it is carried to. */
export interface Amendment extends Act {
  readonly task: string;
  readonly tree: Oid;
  /** Told in the transaction that keeps it. */
  readonly onKept: () => void;
}

/** How review reaches results; throws `Refusal` where there is no such task. */
export interface Results {
  find(task: string): ReviewedTask;
  hub(project: string): Repository;
  amend(amendment: Amendment, by: string): Promise<Task>;
}

/** A task with a result. */
export type ChangedTask = ReviewedTask & { readonly change: NonNullable<ReviewedTask['change']> };

/** The task with the tree that the caller has on the screen; throws `Refusal` where there is another one by now. */
export function requireTree(results: Pick<Results, 'find'>, id: string, tree: Oid): ChangedTask {
  const task = results.find(id);
  const { change } = task;
  if (change?.tree === tree) return { ...task, change };
  throw new Refusal(
    'conflict',
    change === null
      ? `Task ${id} has no result any more.`
      : `Task ${id} has changed since you looked: its tree is ${change.tree} now, not ${tree}.`,
    { hint: 'Nothing was changed. Look at the diff again.' },
  );
}
