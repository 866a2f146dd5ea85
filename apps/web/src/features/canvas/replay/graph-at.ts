import type { Conflict, Goal, ReplayBlock, SavePreview, Task, ThalogosEvent } from '@thalogos/contracts';

/** What the graph showed at one event of the log. */
export interface PastGraph {
  /** The event it was, and when that happened (ms). */
  readonly seq: number;
  readonly at: number;
  readonly tasks: ReadonlyMap<string, Task>;
  readonly goals: ReadonlyMap<string, Goal>;
  readonly conflicts: ReadonlyMap<string, Conflict>;
  /** Where the branch was moved to last; null where the session's log does not say. */
  readonly head: string | null;
}

const NOTHING: PastGraph = {
  seq: 0,
  at: 0,
  tasks: new Map(),
  goals: new Map(),
  conflicts: new Map(),
  head: null,
};

type TaskEvent = Extract<ThalogosEvent, { type: `task.${string}` }>;
type Draft = {
  -readonly [K in keyof PastGraph]: PastGraph[K] extends ReadonlyMap<infer I, infer T>
    ? Map<I, T>
    : PastGraph[K];
};

function isTaskEvent(event: ThalogosEvent): event is TaskEvent {
  return event.type.startsWith('task.');
}

/** Work that is over collides with nothing any more. */
function dropConflicts(draft: Draft, task: Task): void {
  if (task.state !== 'saved' && task.state !== 'cancelled') return;
  for (const [id, { ours, theirs }] of draft.conflicts)
    if (ours.task === task.id || theirs.task === task.id) draft.conflicts.delete(id);
}

/** What its agent has just written, as the server noted it on the task. */
function noteSaid(draft: Draft, event: Extract<ThalogosEvent, { type: 'transcript.extended' }>): void {
  const task = draft.tasks.get(event.task ?? '');
  if (task === undefined) return;
  const { lastLine, plan, cost } = event.data;
  draft.tasks.set(task.id, { ...task, lastLine, plan, cost });
}

function moveGoal(draft: Draft, id: string, state: Goal['state']): void {
  const goal = draft.goals.get(id);
  if (goal !== undefined) draft.goals.set(id, { ...goal, state });
}

function fold(draft: Draft, event: ThalogosEvent): void {
  if (isTaskEvent(event)) {
    draft.tasks.set(event.data.view.id, event.data.view);
    dropConflicts(draft, event.data.view);
    return;
  }
  switch (event.type) {
    case 'transcript.extended':
      return noteSaid(draft, event);
    case 'goal.stated':
      return void draft.goals.set(event.data.goal.id, event.data.goal);
    case 'goal.accepted':
      return moveGoal(draft, event.data.goal, 'accepted');
    case 'goal.dropped':
      return moveGoal(draft, event.data.goal, 'dropped');
    case 'conflict.found':
    case 'conflict.withdrawn':
      return void draft.conflicts.set(event.data.conflict.id, event.data.conflict);
    case 'conflict.resolved':
      return void draft.conflicts.delete(event.data.conflict.id);
    case 'project.moved':
      draft.head = event.data.head;
      return;
    case 'checkpoint.published':
      draft.head = event.data.entry.commit ?? draft.head;
      return;
    default:
      // Every other fact changes nothing that the graph shows.
      return;
  }
}

/** The state after some more events, in their order; what it was before stays as it is. */
export function foldEvents(before: PastGraph, events: readonly ThalogosEvent[]): PastGraph {
  const draft: Draft = {
    ...before,
    tasks: new Map(before.tasks),
    goals: new Map(before.goals),
    conflicts: new Map(before.conflicts),
  };
  for (const event of events) fold(draft, event);
  const last = events.at(-1);
  return last === undefined ? draft : { ...draft, seq: last.seq, at: last.at };
}

/** How many of these events, which are in order, come no later than `seq`; found by halving. */
export function countUpTo(events: readonly { readonly seq: number }[], seq: number): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.seq ?? 0) <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

const begins = new WeakMap<ReplayBlock, PastGraph>();

/** The graph at an event, from the block that holds it: a pure function of the log. */
export function graphAt(block: ReplayBlock, seq: number): PastGraph {
  const begin = begins.get(block) ?? foldEvents(NOTHING, block.before);
  begins.set(block, begin);
  return foldEvents(begin, block.events.slice(0, countUpTo(block.events, seq)));
}

/** The tasks of a past graph in the order in which the live list has them; what it does not know comes last. */
export function inOrderOf(past: PastGraph, known: readonly string[]): readonly Task[] {
  const places = new Map(known.map((id, index) => [id, index]));
  const placeOf = ({ id }: Task) => places.get(id) ?? known.length;
  return [...past.tasks.values()].toSorted((a, b) => placeOf(a) - placeOf(b) || a.createdAt - b.createdAt);
}

/** Which two tasks collided then, and on which files. */
export function pairsOf({ conflicts }: Pick<PastGraph, 'conflicts'>): SavePreview['pairs'] {
  const pairs = new Map<string, SavePreview['pairs'][number]>();
  for (const { ours, theirs, path } of conflicts.values()) {
    if (ours.task === null) continue;
    const key = [ours.task, theirs.task].toSorted().join('!');
    const known = pairs.get(key) ?? { a: ours.task, b: theirs.task, files: [] };
    pairs.set(key, { ...known, files: [...known.files, path] });
  }
  return [...pairs.values()];
}
