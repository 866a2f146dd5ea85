/** A dot of the small drawing of a plan: how far from the start, and which in its column. */
export interface PlanDot {
  readonly id: string;
  readonly level: number;
  readonly place: number;
}

/** What is drawn of a task. */
export interface PlannedDot {
  readonly id: string;
  readonly after: readonly string[];
}

/** Tasks by how many others must come first, each with its place in that column. A circle never hangs it. */
export function placeTasks(tasks: readonly PlannedDot[]): readonly PlanDot[] {
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
