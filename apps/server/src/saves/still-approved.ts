import type { EnteringTask } from './save.ts';
import type { SavableTask } from './save-deps.ts';

/** The tasks of a Save whose approval a person has withdrawn, or whose result has changed, since it took them. */
export function withdrawnSince(
  entering: readonly EnteringTask[],
  now: readonly SavableTask[],
): readonly EnteringTask[] {
  const byId = new Map(now.map((task) => [task.id, task]));
  return entering.filter(({ id, result, tree }) => {
    const task = byId.get(id);
    return task?.state !== 'approved' || task.approval?.result !== result || task.approval.tree !== tree;
  });
}
