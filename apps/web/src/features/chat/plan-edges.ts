import type { PlanItem } from './plan-draft.ts';

/** A line of a plan: `to` waits for `from`. */
export interface PlanEdge {
  readonly from: string;
  readonly to: string;
}

/** What drawing a line does: what the task waits for then, or why it can't. */
export type Drawn =
  | { readonly kind: 'drawn'; readonly after: readonly string[] }
  | { readonly kind: 'refused'; readonly why: string };

type Item = Pick<PlanItem, 'id' | 'key' | 'title' | 'after'>;

/** What a task of a plan is called. */
export function nameOf({ title, key }: Pick<PlanItem, 'title' | 'key'>): string {
  return title.trim() === '' ? key : title;
}

/** Every line of a plan. */
export function planEdges(items: readonly Item[]): readonly PlanEdge[] {
  const there = new Set(items.map(({ id }) => id));
  return items.flatMap(({ id, after }) =>
    after.filter((one) => there.has(one)).map((from) => ({ from, to: id })),
  );
}

/** Lets one task wait for another, unless they would wait for each other: that is said with the way round. */
export function drawEdge(items: readonly Item[], { from, to }: PlanEdge): Drawn {
  const byId = new Map(items.map((item) => [item.id, item]));
  const [first, second] = [byId.get(from), byId.get(to)];
  if (first === undefined || second === undefined) return { kind: 'refused', why: 'That task is gone.' };
  if (from === to) return { kind: 'refused', why: `“${nameOf(first)}” can’t wait for itself.` };
  if (second.after.includes(from))
    return { kind: 'refused', why: `“${nameOf(second)}” waits for “${nameOf(first)}” already.` };
  const way = findWay(byId, from, to);
  if (way === null) return { kind: 'drawn', after: [...second.after, from] };
  const names = way.map((id) => `“${nameOf(byId.get(id) ?? { title: '', key: id })}”`);
  return {
    kind: 'refused',
    why: `“${nameOf(second)}” can’t wait for “${nameOf(first)}”, which waits for it: ${names.join(' after ')}.`,
  };
}

/** How a task comes to wait for another, from the one to the other; null where it doesn't. */
function findWay(byId: ReadonlyMap<string, Item>, from: string, to: string): readonly string[] | null {
  const ways: (readonly string[])[] = [[from]];
  const seen = new Set<string>();
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    const last = way.at(-1) ?? '';
    if (last === to) return way;
    if (seen.has(last)) continue;
    seen.add(last);
    for (const before of byId.get(last)?.after ?? []) ways.push([...way, before]);
  }
  return null;
}

/** What a task waits for without one line. */
export function eraseEdge(items: readonly Item[], { from, to }: PlanEdge): readonly string[] {
  return items.find(({ id }) => id === to)?.after.filter((one) => one !== from) ?? [];
}
