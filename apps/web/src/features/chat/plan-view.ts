import type { PlanEdit, Task } from '@thalogos/contracts';

/** A dot of the small drawing of a plan: how far from the start, and which in its column. */
export interface PlanDot {
  readonly id: string;
  readonly level: number;
  readonly place: number;
}

/** Tasks by how many others must come first, each with its place in that column. A circle never hangs it. */
export function placeTasks(tasks: readonly Pick<Task, 'id' | 'after'>[]): readonly PlanDot[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const levels = new Map<string, number>();
  const levelOf = (id: string, path: ReadonlySet<string>): number => {
    const known = levels.get(id);
    if (known !== undefined) return known;
    const before = (byId.get(id)?.after ?? []).filter((one) => byId.has(one) && !path.has(one));
    const level = before.reduce(
      (deepest, one) => Math.max(deepest, levelOf(one, new Set(path).add(id)) + 1),
      0,
    );
    levels.set(id, level);
    return level;
  };
  const taken = new Map<number, number>();
  return tasks.map(({ id }) => {
    const level = levelOf(id, new Set());
    const place = taken.get(level) ?? 0;
    taken.set(level, place + 1);
    return { id, level, place };
  });
}

/** What a person changed in a proposed plan before accepting it. */
export interface PlanDraft {
  readonly dropped: ReadonlySet<string>;
  readonly agents: ReadonlyMap<string, string>;
}

/** A plan as it was proposed. */
export const UNCHANGED: PlanDraft = { dropped: new Set(), agents: new Map() };

/** A plan without a task, or with it again. */
export function toggleDrop(draft: PlanDraft, task: string): PlanDraft {
  const dropped = new Set(draft.dropped);
  if (!dropped.delete(task)) dropped.add(task);
  return { ...draft, dropped };
}

/** A plan in which a task goes to another agent. */
export function assignAgent(draft: PlanDraft, task: string, agent: string): PlanDraft {
  return { ...draft, agents: new Map(draft.agents).set(task, agent) };
}

/** The edit that accepts a plan: only what differs from the proposal. */
export function planEdit(goal: string, tasks: readonly Task[], draft: PlanDraft): PlanEdit {
  const kept = tasks.filter((task) => !draft.dropped.has(task.id));
  return {
    goal,
    drop: tasks.filter((task) => draft.dropped.has(task.id)).map((task) => task.id),
    assign: kept.flatMap((task) => {
      const agent = draft.agents.get(task.id);
      return agent === undefined || agent === task.agent ? [] : [{ task: task.id, agent }];
    }),
  };
}

/** Kept tasks that wait for a dropped one: they would never start by themselves. */
export function orphans(tasks: readonly Task[], draft: PlanDraft): readonly Task[] {
  return tasks.filter(
    (task) => !draft.dropped.has(task.id) && task.after.some((id) => draft.dropped.has(id)),
  );
}

/** The first line of a goal that says something, without list signs. */
export function goalTitle(text: string): string {
  const line = text.split('\n').find((one) => one.trim() !== '') ?? '';
  return line.replace(/^[#\s*-]+/, '').trim();
}
