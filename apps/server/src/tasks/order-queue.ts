import type { GoalId, Priority, TaskId } from '@thalogos/contracts';
import type { TaskRecord } from './task.ts';

/** So much waiting raises a task by one level: a low one stands beside a fresh high one after twice as long. */
export const AGEING_MS = 10 * 60_000;

const LEVELS: Readonly<Record<Priority, number>> = { low: 0, normal: 1, high: 2 };
const RESTING: readonly string[] = ['saved', 'cancelled', 'approved', 'review'];

/** Hands out queued tasks, the next one each time, as those that it handed out begin. */
export interface Turns {
  /** The next one of those that are left; null when none is. */
  next(): TaskRecord | null;
  /** Counts a task as one that is at work for its goal. */
  begun(task: TaskRecord): void;
}

/**
 * Orders what may start: the highest level first, levels rising with waiting without end, so that nothing is
 * passed over for ever; within a level the goal with the fewest agents at work, then who has waited longest.
 */
export function takeTurns(waiting: readonly TaskRecord[], tasks: readonly TaskRecord[], now: number): Turns {
  const wanted = wantedPriorities(tasks);
  const atWork = new Map<GoalId, number>();
  const begun = ({ goal }: TaskRecord) => void atWork.set(goal, (atWork.get(goal) ?? 0) + 1);
  tasks.filter(({ state }) => state.kind === 'running' || state.kind === 'waiting').forEach(begun);
  const levelOf = (task: TaskRecord) =>
    (wanted.get(task.id) ?? LEVELS.normal) + Math.floor(Math.max(0, now - task.since) / AGEING_MS);
  const left = new Set(waiting.map((task) => ({ task, level: levelOf(task) })));
  const isBefore = (a: Waiting, b: Waiting) =>
    (b.level - a.level ||
      (atWork.get(a.task.goal) ?? 0) - (atWork.get(b.task.goal) ?? 0) ||
      a.task.since - b.task.since ||
      a.task.position - b.task.position) < 0;
  return {
    next: () => {
      let first: Waiting | null = null;
      for (const one of left) if (first === null || isBefore(one, first)) first = one;
      if (first === null) return null;
      left.delete(first);
      return first.task;
    },
    begun,
  };
}

/** The order in which queued tasks would begin if each that begins stayed at work; pure, `now` in ms. */
export function orderQueue(tasks: readonly TaskRecord[], now: number): readonly TaskId[] {
  const turns = takeTurns(
    tasks.filter(({ state }) => state.kind === 'queued'),
    tasks,
    now,
  );
  const ids: TaskId[] = [];
  for (let task = turns.next(); task !== null; task = turns.next()) {
    turns.begun(task);
    ids.push(task.id);
  }
  return ids;
}

interface Waiting {
  readonly task: TaskRecord;
  readonly level: number;
}

/** What others wait for is as urgent as the most urgent of them. */
function wantedPriorities(tasks: readonly TaskRecord[]): ReadonlyMap<TaskId, number> {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const levels = new Map(tasks.map(({ id, priority }) => [id, LEVELS[priority ?? 'normal']]));
  const raise = ({ id, after }: TaskRecord) => {
    const level = levels.get(id) ?? 0;
    for (const task of after.flatMap((before) => byId.get(before) ?? [])) {
      if ((levels.get(task.id) ?? level) >= level) continue;
      levels.set(task.id, level);
      raise(task);
    }
  };
  tasks.filter(({ state }) => !RESTING.includes(state.kind)).forEach(raise);
  return levels;
}
