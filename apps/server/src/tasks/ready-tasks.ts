import type { TaskId } from '@thalogos/contracts';
import type { Hold } from './hold.ts';
import { takeTurns } from './order-queue.ts';
import type { Held, TaskRecord } from './task.ts';

/** What a look at the queue says should happen to one task. */
export type QueueRuling =
  | { readonly kind: 'start'; readonly task: TaskId }
  | { readonly kind: 'hold'; readonly task: TaskId; readonly held: Held | null }
  | { readonly kind: 'block'; readonly task: TaskId; readonly on: readonly TaskId[]; readonly reason: string }
  | { readonly kind: 'unblock'; readonly task: TaskId };

/** The tasks of one project and how many more may run beside those that do. */
export interface Queue {
  readonly tasks: readonly TaskRecord[];
  readonly concurrency: number;
  /** How many runs of an agent there may be at once; null for no bound of its own. */
  readonly placesOf: (agent: string) => number | null;
  /** What keeps a task from starting now although there is room: a limit of its account or a budget. */
  readonly heldBy: (task: TaskRecord) => Held | null;
  /** Why nothing may start at all, null where something may. */
  readonly hold: Hold | null;
  readonly now: number;
}

/** Rules on every queued and blocked task: dependencies first, then turns, never more than may run at once. */
export function ruleQueue(queue: Queue): readonly QueueRuling[] {
  const { tasks, hold } = queue;
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const gates = tasks.flatMap((task) => ruleGate(task, byId, hold) ?? []);
  if (hold !== null) return gates;
  const gated = new Set(gates.map(({ task }) => task));
  const ready = tasks.filter(({ id, state }) => state.kind === 'queued' && !gated.has(id));
  return [...gates, ...ruleReady(ready, queue)];
}

type ById = ReadonlyMap<TaskId, TaskRecord>;

function ruleGate(task: TaskRecord, byId: ById, hold: Hold | null): QueueRuling | null {
  if (task.state.kind === 'blocked') return ruleBlocked(task, byId);
  if (task.state.kind !== 'queued') return null;
  const on = openAncestors(task, byId);
  if (on.length > 0) return { kind: 'block', task: task.id, on, reason: waitsFor(on, byId) };
  return hold?.isStanding === true ? { kind: 'block', task: task.id, on: [], reason: hold.reason } : null;
}

/** Who has all it waits for: as many as there is room for, in their turns; the others say what holds them. */
function ruleReady(ready: readonly TaskRecord[], queue: Queue): readonly QueueRuling[] {
  const { tasks, concurrency, heldBy, now } = queue;
  const room = makeRoom(queue);
  const turns = takeTurns(ready, tasks, now);
  const rulings: QueueRuling[] = [];
  let free = concurrency - tasks.filter(isAtWork).length;
  for (let task = turns.next(); task !== null; task = turns.next()) {
    const held = heldBy(task);
    if (held === null && free > 0 && room.take(task.agent)) {
      free -= 1;
      turns.begun(task);
      rulings.push({ kind: 'start', task: task.id });
    } else if (!isSame(heldOf(task), held)) rulings.push({ kind: 'hold', task: task.id, held });
  }
  return rulings;
}

/** Room for one more run of an agent, beside those that it has. */
function makeRoom({ tasks, placesOf }: Pick<Queue, 'tasks' | 'placesOf'>) {
  const taken = new Map<string, number>();
  const add = (agent: string) => taken.set(agent, (taken.get(agent) ?? 0) + 1);
  for (const { agent } of tasks.filter(isAtWork)) add(agent);
  return {
    take: (agent: string): boolean => {
      const places = placesOf(agent);
      if (places !== null && (taken.get(agent) ?? 0) >= places) return false;
      add(agent);
      return true;
    },
  };
}

function isAtWork({ state }: TaskRecord): boolean {
  return state.kind === 'running' || state.kind === 'waiting';
}

function heldOf({ state }: TaskRecord): Held | null {
  return state.kind === 'queued' ? (state.held ?? null) : null;
}

/** A moment that moves by a little is no news. */
const NEWS_MS = 5_000;

function isSame(a: Held | null, b: Held | null): boolean {
  return a?.why === b?.why && Math.abs((a?.until ?? 0) - (b?.until ?? 0)) < NEWS_MS;
}

/** A task that is blocked on no other waits for a person, and only a retry frees it. */
function ruleBlocked(task: TaskRecord, byId: ById): QueueRuling | null {
  if (task.state.kind !== 'blocked' || task.state.on.length === 0) return null;
  return openAncestors(task, byId).length === 0 ? { kind: 'unblock', task: task.id } : null;
}

function openAncestors(task: TaskRecord, byId: ById): readonly TaskId[] {
  return task.after.filter((id) => !hasResult(byId.get(id)));
}

/** Whether others can build on it: its turn ended with work or an answer, nobody has rejected that, and it is no mere attempt. */
function hasResult(task: TaskRecord | undefined): boolean {
  if (task?.contest?.isKept === false) return false;
  const kind = task?.state.kind;
  return kind === 'review' || kind === 'approved' || kind === 'saved';
}

function waitsFor(open: readonly TaskId[], byId: ById): string {
  const nameOf = (id: TaskId) => {
    const task = byId.get(id);
    if (task?.contest?.isKept === false) return `you to keep one of the attempts at ${task.title}`;
    return task?.state.kind === 'cancelled' ? `${task.title}, which was cancelled` : (task?.title ?? id);
  };
  return `waits for ${[...new Set(open.map(nameOf))].join(', ')}`;
}
