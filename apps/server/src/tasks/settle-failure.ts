import type { Actor } from '../access/role.ts';
import { agentOfChoice, writeNote } from './answer-failure.ts';
import type { Dispatcher } from './dispatcher.ts';
import { type MoveTask, requireTask } from './move-task.ts';
import type { TaskStore } from './task-store.ts';
import type { TranscriptStore } from './transcript-store.ts';
import type { Workbench } from './workbench.ts';

/** What carrying out a person's word on a failure or a silence needs. */
export interface SettleDeps {
  readonly tasks: TaskStore;
  readonly move: MoveTask;
  readonly workbench: Workbench;
  readonly transcripts: Pick<TranscriptStore, 'before'>;
  readonly dispatcher: Dispatcher;
  /** Queues a task again, as a person's retry does. */
  readonly retry: (task: string, actor: Actor) => void;
  readonly onFault: (cause: unknown) => void;
}

/** A decision about an agent that failed or was silent, as a person has settled it. */
export interface Settled {
  readonly task: string;
  readonly run: string;
  readonly choice: string;
  readonly actor: Actor;
}

/** Carries out what a person decided about an agent that failed or gave no sign of life. */
export function makeSettleFailure(deps: SettleDeps) {
  const { tasks, dispatcher, retry } = deps;
  return async ({ task, run, choice, actor }: Settled): Promise<void> => {
    if (choice === 'wait') dispatcher.run(run)?.bear();
    if (choice === 'restart') {
      await dispatcher.run(run)?.stop();
      if (requireTask(tasks, task).state.kind === 'stopped') retry(task, actor);
    }
    if (choice === 'again') retry(task, actor);
    const to = agentOfChoice(choice);
    if (to !== null) await handOver(deps, { task, to, actor });
  };
}

async function handOver(
  { tasks, move, workbench, transcripts, retry, onFault }: SettleDeps,
  { task: id, to, actor }: { readonly task: string; readonly to: string; readonly actor: Actor },
): Promise<void> {
  const task = requireTask(tasks, id);
  const why = task.state.kind === 'failed' ? task.state.error.message : `${actor.name} wanted it`;
  const note = await writeNote({ workbench, transcripts, onFault }, task, { why, words: null });
  // Meanwhile somebody may have queued or cancelled it: then that stands.
  if (requireTask(tasks, id).state.kind !== 'failed') return;
  move(id, { type: 'task.handed-over', from: task.agent, to, why, note }, actor.name);
  retry(id, actor);
}
