import type { Diff, Oid } from '@thalogos/contracts';
import { diffTrees } from '../git/diff-trees.ts';
import { requireTask } from './move-task.ts';
import type { TaskProjects } from './task-place.ts';
import type { TaskStore } from './task-store.ts';

/** Reads what a task changed against its base: its committed result, or the one that is about to be; empty while there is none. */
export function makeReadDiff({
  tasks,
  projects,
}: {
  tasks: TaskStore;
  projects: Pick<TaskProjects, 'place'>;
}) {
  return async (id: string, newest: Oid | null = null): Promise<Diff> => {
    const task = requireTask(tasks, id);
    const result = newest ?? task.work?.result ?? null;
    if (task.base === null || result === null) return { files: [], patch: '', truncated: false };
    const { hub } = projects.place(task.project);
    const { files, patch, truncated } = await diffTrees(hub, { from: task.base, to: result });
    const shown = files.map(({ path, from, status, added, removed, binary }) => ({
      path,
      from,
      status,
      added,
      removed,
      binary,
    }));
    return { files: shown, patch, truncated };
  };
}
