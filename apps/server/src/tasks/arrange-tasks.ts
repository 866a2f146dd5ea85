import type { Recorder } from '../platform/recorder.ts';
import type { TaskStore } from './task-store.ts';
import { taskView } from './task-view.ts';

/** What putting tasks in order needs. */
export interface ArrangeDeps {
  readonly tasks: Pick<TaskStore, 'ofGoal' | 'put'>;
  readonly recorder: Pick<Recorder, 'transact' | 'record'>;
}

/** Puts the tasks of a goal in another order, within the places that they have among all tasks; those not named follow. */
export function makeArrangeTasks({ tasks, recorder }: ArrangeDeps) {
  return (goal: string, order: readonly string[], by: string): void =>
    recorder.transact(() => {
      const before = tasks.ofGoal(goal);
      const placeOf = new Map(order.map((id, place) => [id, place]));
      const after = before.toSorted(
        (a, b) => (placeOf.get(a.id) ?? order.length) - (placeOf.get(b.id) ?? order.length),
      );
      for (const [index, task] of after.entries()) {
        const position = before[index]?.position ?? task.position;
        if (position === task.position) continue;
        const moved = { ...task, position };
        tasks.put(moved);
        const { project, session, id } = moved;
        const data = { view: taskView(moved) };
        recorder.record({ type: 'task.edited', project, session, task: id, by, data });
      }
    });
}
