import type { FileCounts, Oid } from '@thalogos/contracts';

/** What people changed in a result since its agent rested, so that its agent can be shown it and each step undone. */
export interface Edited {
  /** The commit that its agent left, which its worktree still holds. */
  readonly from: Oid;
  readonly steps: readonly EditStep[];
}

/** One change of a result by a person. */
export interface EditStep {
  readonly by: string;
  readonly at: number;
  readonly what: string;
  readonly paths: readonly string[];
  /** The tree of the result before it. */
  readonly before: Oid;
}

/** A person changed a task's result, or took the last such change back. */
export interface AmendedFact {
  readonly type: 'task.amended';
  readonly work: { readonly result: Oid; readonly tree: Oid; readonly files: FileCounts };
  readonly what: string;
  readonly paths: readonly string[];
  readonly by: string;
  readonly at: number;
  /** It brings back what was there before the last step. */
  readonly isUndo: boolean;
}

/** A task's result, and what people have changed in it so far. */
interface Amended {
  readonly edited?: Edited | null;
  readonly work: { readonly result: Oid | null; readonly tree: Oid | null } | null;
}

/** What people have changed in a result after one more step. */
export function evolveEdited({ edited, work }: Amended, fact: AmendedFact): Edited {
  const { from, steps } = edited ?? { from: work?.result ?? null, steps: [] };
  const before = work?.tree ?? null;
  if (before === null || from === null) throw new Error('A task without a result can’t be amended');
  if (fact.isUndo) return { from, steps: steps.slice(0, -1) };
  const { by, at, what, paths } = fact;
  return { from, steps: [...steps, { by, at, what, paths, before }] };
}
