import type { TaskId } from '@thalogos/contracts';
import type { Hold } from './hold.ts';
import type { TaskRecord } from './task.ts';

/** What a look at the queue says should happen to one task. */
export type QueueRuling =
  | { readonly kind: 'start'; readonly task: TaskId }
  | { readonly kind: 'block'; readonly task: TaskId; readonly on: readonly TaskId[]; readonly reason: string }
  | { readonly kind: 'unblock'; readonly task: TaskId };

/** The tasks of one project and how many more may run beside those that do. */
export interface Queue {
  readonly tasks: readonly TaskRecord[];
  readonly concurrency: number;
  /** Why nothing may start at all, null where something may. */
  readonly hold: Hold | null;
}

/** Rules on every queued and blocked task: dependencies first, then age, never more than may run at once. */
export function ruleQueue({ tasks, concurrency, hold }: Queue): readonly QueueRuling[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const busy = tasks.filter(({ state }) => state.kind === 'running' || state.kind === 'waiting').length;
  let free = hold === null ? concurrency - busy : 0;
  return tasks.flatMap((task) => {
    const ruling = task.state.kind === 'queued' ? ruleQueued(task, byId, hold) : ruleBlocked(task, byId);
    if (ruling?.kind !== 'start') return ruling ?? [];
    free -= 1;
    return free >= 0 ? ruling : [];
  });
}

type ById = ReadonlyMap<TaskId, TaskRecord>;

function ruleQueued(task: TaskRecord, byId: ById, hold: Hold | null): QueueRuling {
  const on = openAncestors(task, byId);
  if (on.length > 0) return { kind: 'block', task: task.id, on, reason: waitsFor(on, byId) };
  if (hold?.isStanding === true) return { kind: 'block', task: task.id, on: [], reason: hold.reason };
  return { kind: 'start', task: task.id };
}

/** A task that is blocked on no other waits for a person, and only a retry frees it. */
function ruleBlocked(task: TaskRecord, byId: ById): QueueRuling | null {
  if (task.state.kind !== 'blocked' || task.state.on.length === 0) return null;
  return openAncestors(task, byId).length === 0 ? { kind: 'unblock', task: task.id } : null;
}

function openAncestors(task: TaskRecord, byId: ById): readonly TaskId[] {
  return task.after.filter((id) => !hasResult(byId.get(id)));
}

/** Whether others can build on it: its turn ended with work or an answer, and nobody has rejected that. */
function hasResult(task: TaskRecord | undefined): boolean {
  const kind = task?.state.kind;
  return kind === 'review' || kind === 'approved' || kind === 'saved';
}

function waitsFor(open: readonly TaskId[], byId: ById): string {
  const nameOf = (id: TaskId) => {
    const task = byId.get(id);
    return task?.state.kind === 'cancelled' ? `${task.title}, which was cancelled` : (task?.title ?? id);
  };
  return `waits for ${open.map(nameOf).join(', ')}`;
}
