import type { Ground } from './compose-ground.ts';
import type { ConflictTask } from './conflicts/conflict-deps.ts';
import { makeConflictStore } from './conflicts/conflict-store.ts';
import { type Conflicts, makeConflicts } from './conflicts/conflicts.ts';
import type { Projects } from './projects/projects.ts';
import type { Saves } from './saves/saves.ts';
import type { MoveTask } from './tasks/move-task.ts';
import type { TaskRecord } from './tasks/task.ts';
import type { TaskStore } from './tasks/task-store.ts';

/** What conflicts are joined with. */
export interface ConflictParts extends Ground {
  readonly projects: Projects;
  readonly taskStore: TaskStore;
  readonly move: MoveTask;
}

/** Joins conflicts with the tasks between which they lie and the Saves that meet them, which are made later. */
export function composeConflicts(
  { input, db, recorder, audit, projects, taskStore, move }: ConflictParts,
  saves: () => Pick<Saves, 'meet' | 'isFrozen'>,
): Conflicts {
  return makeConflicts({
    ...{ recorder, audit, clock: input.clock, store: makeConflictStore(db) },
    place: projects.place,
    projects: () => projects.list().map(({ id }) => id),
    findTask: (id) => {
      const task = taskStore.find(id);
      return task === null ? null : toConflictTask(task);
    },
    meet: (project) => saves().meet(project),
    isFrozen: (project) => saves().isFrozen(project),
    reopen: (task, why, by) => void move(task, { type: 'task.reopened', why }, by),
  });
}

function toConflictTask({ id, session, title, text, agent, state, work, settles }: TaskRecord): ConflictTask {
  return {
    id,
    session,
    title,
    text,
    agent,
    state: state.kind,
    result: work?.result ?? null,
    settles: settles ?? null,
  };
}
