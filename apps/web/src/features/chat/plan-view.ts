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

/** An arrow key. */
export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

/** Whether a key is an arrow. */
export function isDirection(key: string): key is Direction {
  return key === 'ArrowLeft' || key === 'ArrowRight' || key === 'ArrowUp' || key === 'ArrowDown';
}

/** The nearest task in a direction; null at the edge. */
export function nextDot(dots: readonly PlanDot[], id: string, direction: Direction): string | null {
  const here = dots.find((dot) => dot.id === id);
  if (here === undefined) return null;
  const isAcross = direction === 'ArrowLeft' || direction === 'ArrowRight';
  const sign = direction === 'ArrowRight' || direction === 'ArrowDown' ? 1 : -1;
  const [along, aside] = isAcross ? (['level', 'place'] as const) : (['place', 'level'] as const);
  const ahead = dots
    .filter((dot) => (dot[along] - here[along]) * sign > 0 && (isAcross || dot.level === here.level))
    .toSorted(
      (a, b) =>
        Math.abs(a[along] - here[along]) - Math.abs(b[along] - here[along]) ||
        Math.abs(a[aside] - here[aside]) - Math.abs(b[aside] - here[aside]),
    );
  return ahead[0]?.id ?? null;
}
