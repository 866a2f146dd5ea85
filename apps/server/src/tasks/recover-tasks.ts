import type { Run } from '@thalogos/contracts';
import type { Clock } from '../platform/clock.ts';
import type { Recorder } from '../platform/recorder.ts';
import { type MoveTask, requireTask } from './move-task.ts';
import type { RunStore } from './run-store.ts';
import type { TaskStore } from './task-store.ts';
import type { Workbench } from './workbench.ts';

/** What mending tasks at start needs. */
export interface RecoverDeps {
  readonly tasks: TaskStore;
  readonly runs: RunStore;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly move: MoveTask;
  readonly workbench: Workbench;
  readonly leaveWaiting: (task: string, run: string) => void;
  readonly onFault: (cause: unknown) => void;
}

const WHY = 'the server ended while its agent was at work; what it wrote is kept';

/**
 * Brings tasks to rest that were under way when an earlier server died.
 *
 * Its agents must have been ended before. What they left in the worktrees is kept under `refs/thalogos/wip`,
 * and a person (or the agent's own session) goes on from there with one retry.
 */
export function makeRecoverTasks(deps: RecoverDeps) {
  return async (): Promise<number> => {
    const open = deps.runs.open();
    for (const run of open) {
      await keepFiles(deps, run.task);
      interrupt(deps, run);
    }
    return open.length;
  };
}

async function keepFiles({ tasks, workbench, onFault }: RecoverDeps, task: string): Promise<void> {
  try {
    await workbench.snapshot(requireTask(tasks, task));
  } catch (cause) {
    // The files are still in the worktree: a snapshot that fails must not keep the server from starting.
    onFault(cause);
  }
}

function interrupt({ tasks, runs, recorder, clock, move, leaveWaiting }: RecoverDeps, run: Run): void {
  recorder.transact(() => {
    const { project, session } = requireTask(tasks, run.task);
    runs.put({ ...run, state: 'ended', end: 'interrupted', endedAt: clock.now() });
    const about = { project, session, task: run.task, by: 'orchestrator' };
    const data = { run: run.id, end: 'interrupted' as const, error: null, cost: null };
    recorder.record({ ...about, type: 'run.ended', data });
    leaveWaiting(run.task, run.id);
    move(run.task, { type: 'task.interrupted', why: WHY }, 'orchestrator');
  });
}
