import type { Run, Task } from '@thalogos/contracts';
import { formatCount, formatElapsed, formatUsd } from '../../lib/format.ts';

/** One fact about a task: its name, its value, and whether a machine said it. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly isCode: boolean;
}

/** How long a task's agents have worked on it so far, in ms. Pure: `now` in ms. */
export function workedMs(runs: readonly Run[], now: number): number {
  return runs.reduce((sum, run) => sum + Math.max(0, (run.endedAt ?? now) - run.startedAt), 0);
}

/** The permission that the project file gives an agent; agents ask before they leave their worktree unless it says otherwise. */
export function permissionOf(agents: Readonly<Record<string, unknown>>, agent: string): string {
  const given = agents[agent];
  if (typeof given !== 'object' || given === null || !('permission' in given)) return 'supervised';
  return typeof given.permission === 'string' ? given.permission : 'supervised';
}

/** The facts under a task's title. */
export function taskFacts(
  task: Task,
  given: { readonly runs: readonly Run[]; readonly permission: string; readonly now: number },
): readonly Fact[] {
  const { runs, permission, now } = given;
  const tokens =
    task.cost === null
      ? 'not told'
      : `${formatCount(task.cost.tokens)}${task.cost.usd === null ? '' : ` ${formatUsd(task.cost.usd)}`}`;
  return [
    { name: 'Agent', value: task.agent, isCode: false },
    ...(task.role == null ? [] : [{ name: 'Role', value: task.role, isCode: false }]),
    {
      name: 'Worked',
      value: runs.length === 0 ? 'not started' : formatElapsed(workedMs(runs, now)),
      isCode: true,
    },
    { name: 'Attempt', value: String(task.runs), isCode: true },
    { name: 'Tokens', value: tokens, isCode: true },
    { name: 'Branch', value: task.branch, isCode: true },
    { name: 'Permission', value: permission, isCode: false },
  ];
}

/** Whether the last attempt was contained; null before the first. */
export function isContained(runs: readonly Run[]): boolean | null {
  return runs.at(-1)?.contained ?? null;
}
