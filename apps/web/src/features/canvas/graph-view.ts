import type { Goal, SavePreview, Task } from '@thalogos/contracts';
import { type StateLook, TASK_LOOKS } from '../../ui/task-look.ts';
import { formatNoun } from '../../lib/format.ts';
import { goalTitle } from '../../ui/goal-title.ts';

/** What the graph's shape depends on; the rest of a task each node reads for itself. */
export type GraphTask = Pick<Task, 'id' | 'title' | 'state' | 'goal' | 'after' | 'session' | 'createdAt'> & {
  /** What it left for the tasks after it: how many files it changed; null before it has a result. */
  readonly left: number | null;
  /** Whether it works, or has worked, on what the tasks before it left. */
  readonly hasBegun: boolean;
};

const NOT_BEGUN: ReadonlySet<Task['state']> = new Set(['planned', 'queued', 'blocked']);
const shapes = new WeakMap<Task, GraphTask>();

/** Leaves of a task what the graph's shape depends on; the same object for the same task, so that nobody compares it again. */
export function graphTask(task: Task): GraphTask {
  const known = shapes.get(task);
  if (known !== undefined) return known;
  const { id, title, state, goal, after, session, createdAt } = task;
  const left = task.result === null ? null : task.files.changed;
  const hasBegun = task.base !== null && !NOT_BEGUN.has(state);
  const shape = { id, title, state, goal, after, session, createdAt, left, hasBegun };
  shapes.set(task, shape);
  return shape;
}

/** How many tasks of one look there are. */
export interface LookCount {
  readonly look: StateLook;
  readonly count: number;
}

/** A node of the graph; tasks carry no more than their id and look, because each node reads its own task. */
export type GraphNode =
  | {
      readonly kind: 'goal';
      readonly id: string;
      readonly title: string;
      readonly looks: readonly LookCount[];
      readonly total: number;
    }
  | { readonly kind: 'task'; readonly id: string; readonly title: string; readonly look: StateLook }
  /** The card of the conflict radar: two tasks, and the files on which they would collide. */
  | {
      readonly kind: 'conflict';
      readonly id: string;
      readonly between: readonly [string, string];
      readonly files: readonly string[];
    };

/** A line of the graph, from one node to another. */
export interface GraphEdge {
  readonly id: string;
  readonly kind: 'depends' | 'hand-off' | 'enters' | 'conflict';
  readonly from: string;
  readonly to: string;
  /** Paler, while what it points to is blocked. */
  readonly isPale: boolean;
  /** What is carried, in words; on a hand-off alone. */
  readonly carries?: string;
}

/** The whole graph, before anything has a place. */
export interface GraphView {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** The integration's node in the lane at the bottom. */
export const INTEGRATION = 'lane:integration';

/** The order in which counts are read: what needs a person comes first. */
export const LOOK_ORDER: readonly StateLook[] = [
  'waiting',
  'conflict',
  'failed',
  'running',
  'review',
  'ready',
  'queued',
  'blocked',
  'saved',
  'cancelled',
];

/** What a task looks like in the graph. */
function lookOfTask(task: GraphTask): StateLook {
  return TASK_LOOKS[task.state].look;
}

/** How many tasks of each look there are, the ones that need a person first. */
export function countLooks(tasks: readonly GraphTask[]): readonly LookCount[] {
  const counts = new Map<StateLook, number>();
  for (const task of tasks) counts.set(lookOfTask(task), (counts.get(lookOfTask(task)) ?? 0) + 1);
  return LOOK_ORDER.flatMap((look) => {
    const count = counts.get(look);
    return count === undefined ? [] : [{ look, count }];
  });
}

const isAtRest = (task: Pick<GraphTask, 'state'>) => task.state === 'saved' || task.state === 'cancelled';

/** The tasks that the graph shows: those of goals with anything left to do, else those of the newest goal. */
export function shownTasks<T extends Pick<GraphTask, 'state' | 'goal' | 'createdAt'>>(
  tasks: readonly T[],
): readonly T[] {
  const open = new Set(tasks.filter((task) => !isAtRest(task)).map((task) => task.goal));
  if (open.size > 0) return tasks.filter((task) => open.has(task.goal));
  const newest = tasks.toSorted((a, b) => b.createdAt - a.createdAt)[0];
  return newest === undefined ? [] : tasks.filter((task) => task.goal === newest.goal);
}

function goalNodes(tasks: readonly GraphTask[], goals: readonly Goal[]): GraphNode[] {
  const ids = [...new Set(tasks.map((task) => task.goal))];
  return ids.map((id) => {
    const own = tasks.filter((task) => task.goal === id);
    return {
      kind: 'goal',
      id: `goal:${id}`,
      title: goalTitle(goals.find((goal) => goal.id === id)?.text ?? 'Goal'),
      looks: countLooks(own),
      total: own.length,
    };
  });
}

function dependencyEdge(from: GraphTask, to: GraphTask): GraphEdge {
  const own = { id: `${from.id}>${to.id}`, from: from.id, to: to.id, isPale: to.state === 'blocked' };
  if (from.left === null || !to.hasBegun) return { ...own, kind: 'depends' };
  return { ...own, kind: 'hand-off', carries: from.left === 0 ? 'an answer' : formatNoun(from.left, 'file') };
}

function dependencyEdges(tasks: readonly GraphTask[]): GraphEdge[] {
  const known = new Map(tasks.map((task) => [task.id, task]));
  return tasks.flatMap((task) => {
    const before = task.after.flatMap((id) => known.get(id) ?? []);
    if (before.length > 0) return before.map((from) => dependencyEdge(from, task));
    const goal = `goal:${task.goal}`;
    const isPale = task.state === 'blocked';
    return [{ id: `${goal}>${task.id}`, kind: 'depends', from: goal, to: task.id, isPale }];
  });
}

function enterEdges(tasks: readonly GraphTask[]): GraphEdge[] {
  return tasks
    .filter((task) => task.state === 'approved')
    .map((task) => ({
      id: `${task.id}>save`,
      kind: 'enters',
      from: task.id,
      to: INTEGRATION,
      isPale: false,
    }));
}

function conflictNodes(
  tasks: readonly GraphTask[],
  pairs: SavePreview['pairs'],
): Extract<GraphNode, { kind: 'conflict' }>[] {
  const known = new Set(tasks.map((task) => task.id));
  return pairs
    .filter((pair) => known.has(pair.a) && known.has(pair.b))
    .map(({ a, b, files }) => ({ kind: 'conflict', id: `conflict:${a}!${b}`, between: [a, b], files }));
}

function conflictEdges(cards: readonly Extract<GraphNode, { kind: 'conflict' }>[]): GraphEdge[] {
  return cards.flatMap((card) =>
    card.between.map(
      (task): GraphEdge => ({
        id: `${task}>${card.id}`,
        kind: 'conflict',
        from: task,
        to: card.id,
        isPale: false,
      }),
    ),
  );
}

/** The graph of a project as nodes and lines: a pure function of what the server said. */
export function graphView(given: {
  readonly tasks: readonly GraphTask[];
  readonly goals: readonly Goal[];
  readonly pairs: SavePreview['pairs'];
}): GraphView {
  const tasks = shownTasks(given.tasks);
  const nodes: GraphNode[] = tasks.map((task) => ({
    kind: 'task',
    id: task.id,
    title: task.title,
    look: lookOfTask(task),
  }));
  const cards = conflictNodes(tasks, given.pairs);
  return {
    nodes: [...goalNodes(tasks, given.goals), ...nodes, ...cards],
    edges: [...dependencyEdges(tasks), ...enterEdges(tasks), ...conflictEdges(cards)],
  };
}
