import type { Task } from '@thalogos/contracts';
import type { CommandContext } from '../command.ts';
import type { Connection } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { sayStates } from '../output/say-tasks.ts';
import { waitUntil } from './wait-until.ts';

/** Which tasks are waited for. */
export interface TaskWait {
  readonly context: CommandContext;
  readonly connection: Connection;
  readonly project: string;
  readonly session: string;
  readonly goal: string;
}

/** The tasks at rest; `isPaused` when they rest because a person paused the project. */
export interface TasksAtRest {
  readonly tasks: readonly Task[];
  readonly isPaused: boolean;
}

/** Waits until none of a goal's tasks moves by itself. */
export function waitForTasks({
  context,
  connection,
  project,
  session,
  goal,
}: TaskWait): Promise<TasksAtRest> {
  let said = '';
  let isFirst = true;
  return waitUntil({
    connect: async () => {
      if (!isFirst) return context.connect();
      isFirst = false;
      return connection;
    },
    project,
    check: async ({ client }) => {
      const all = await client.tasks.list.query({ project, session });
      const tasks = all.tasks.filter((task) => task.goal === goal);
      const now = sayStates(tasks);
      if (now !== said) context.progress(now);
      said = now;
      const moving = movingOf(tasks);
      if (moving.length === 0) return { tasks, isPaused: false };
      if (moving.some(({ state }) => state === 'running')) return null;
      const { paused } = await client.sessions.list.query({ project });
      return paused ? { tasks, isPaused: true } : null;
    },
  });
}

/** Tasks that run or will without anybody doing anything. */
export function movingOf(tasks: readonly Task[]): readonly Task[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const known = new Map<string, boolean>();
  const moves = (task: Task): boolean => {
    const before = known.get(task.id);
    if (before !== undefined) return before;
    // Nothing waits for itself, but a loop here would never end.
    known.set(task.id, false);
    const blockers = task.after.flatMap((id) => byId.get(id) ?? []);
    const answer =
      isMoving(task) || (isBlocked(task) && blockers.every((blocker) => isFine(blocker) || moves(blocker)));
    known.set(task.id, answer);
    return answer;
  };
  return tasks.filter(moves);
}

/** 0 when all is well, 4 when one waits for a person, 1 when one ended badly. */
export function exitOfTasks(tasks: readonly Task[], isPaused: boolean): ExitCode {
  if (isPaused || tasks.some(needsPerson)) return EXIT.needsPerson;
  return tasks.every(isFine) ? EXIT.done : EXIT.failed;
}

function isFine({ state }: Task): boolean {
  return state === 'review' || state === 'approved' || state === 'saved';
}

function isMoving({ state }: Task): boolean {
  return state === 'running' || state === 'queued';
}

/** Blocked by other tasks, and not by something that only a person can put right. */
function isBlocked({ state, after, reason }: Task): boolean {
  return state === 'blocked' && after.length > 0 && (reason === null || reason.startsWith('waits for '));
}

function needsPerson(task: Task): boolean {
  const isHeld = task.state === 'blocked' && !isBlocked(task);
  return isHeld || task.state === 'waiting' || task.state === 'planned';
}
