import type { Task } from '@thalogos/contracts';
import { count, moment, table } from './table.ts';

/** Tasks, one line each. */
export function sayTasks(tasks: readonly Task[]): string {
  if (tasks.length === 0) return 'No tasks.';
  return table(
    tasks.map((task) => [task.id, task.state, `@${task.agent}`, `[${task.key}] ${task.title}`, remark(task)]),
  );
}

/** The tasks of a plan, one line each: who, in which role, after what, and which files they are expected to touch. */
export function sayPlan(tasks: readonly Task[]): string {
  if (tasks.length === 0) return 'No tasks.';
  const keys = new Map(tasks.map(({ id, key }) => [id, key]));
  return table(
    tasks.map(({ key, title, agent, role = null, after, predicted = [] }) => [
      `[${key}] ${title}`,
      role === null ? `@${agent}` : `@${agent} @${role}`,
      after.length === 0 ? '' : `after ${after.map((id) => keys.get(id) ?? id).join(', ')}`,
      predicted.map(({ path }) => path).join(' '),
    ]),
  );
}

/** How many tasks are in which state. */
export function sayStates(tasks: readonly Pick<Task, 'state'>[]): string {
  const states = new Map<string, number>();
  for (const { state } of tasks) states.set(state, (states.get(state) ?? 0) + 1);
  return [...states].map(([state, number]) => `${number} ${state}`).join(', ');
}

function remark({ error, reason, files, heldUntil, contest }: Task): string {
  if (error !== null) return error.message;
  if (heldUntil != null) return `${reason ?? 'held back'}, until ${moment(heldUntil)}`;
  if (contest?.isKept === false && reason === null) return `one of several attempts${size(files)}`;
  if (reason !== null) return reason;
  return size(files).slice(2);
}

function size({ changed, added, removed }: Task['files']): string {
  return changed === 0 ? '' : `, ${count(changed, 'file')} +${added} -${removed}`;
}
