import type { TaskId } from '@thalogos/contracts';
import type { TaskRecord } from './task.ts';

/** Every task that builds on `root`, directly or not, nearest first. */
export function descendantsOf(root: TaskId, tasks: readonly TaskRecord[]): readonly TaskRecord[] {
  const found = new Set<TaskId>([root]);
  const result: TaskRecord[] = [];
  // A plan has no cycles and lists ancestors first, but a later goal could refer back: go on until nothing is new.
  for (let grew = true; grew; ) {
    const more = tasks.filter((task) => !found.has(task.id) && task.after.some((id) => found.has(id)));
    for (const task of more) found.add(task.id);
    result.push(...more);
    grew = more.length > 0;
  }
  return result;
}
