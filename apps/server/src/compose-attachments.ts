import { join } from 'node:path';
import { makeAttachmentStore } from './attachments/attachment-store.ts';
import { type Attachments, makeAttachments } from './attachments/attachments.ts';
import { makeGoalStore } from './planning/goal-store.ts';
import type { Ground } from './compose-ground.ts';
import type { Workbench } from './tasks/workbench.ts';

/** Keeps the files that people hand in beside the database. */
export function composeAttachments({
  db,
  recorder,
  input: { clock, paths },
}: Pick<Ground, 'db' | 'recorder' | 'input'>): Attachments {
  const directory = join(paths.root, 'attachments');
  return makeAttachments({ store: makeAttachmentStore(db), recorder, clock, directory });
}

/** A workbench that puts the files of a task's goal beside its worktree, where nothing of them can get into its work. */
export function withFiles(
  workbench: Workbench,
  { db }: Pick<Ground, 'db'>,
  attachments: Attachments,
): Workbench {
  const goals = makeGoalStore(db);
  return {
    ...workbench,
    worktree: async (task, base, signal) => {
      const made = await workbench.worktree(task, base, signal);
      if (made.kind !== 'ready') return made;
      const attached = goals.find(task.goal)?.attachments ?? [];
      const files = await attachments.place(attached, join(made.stateDir, 'files'));
      return { ...made, files };
    },
  };
}
