import type { PlanEdit, PredictedFile, Task } from '@thalogos/contracts';

/** One task of a plan as it would start: as it was proposed, or as the person wants it instead. */
export interface PlanItem {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly text: string;
  /** Null for whoever usually gets what is given to nobody; only of one that the person added. */
  readonly agent: string | null;
  readonly role: string | null;
  readonly after: readonly string[];
  readonly files: readonly PredictedFile[];
  readonly isAdded: boolean;
  readonly isDropped: boolean;
}

/** What of a task may be different. */
export type ItemChange = Partial<Pick<PlanItem, 'title' | 'text' | 'agent' | 'role' | 'after'>>;

/** What a person changed in a proposed plan before accepting it. */
export interface PlanDraft {
  readonly dropped: ReadonlySet<string>;
  readonly changes: ReadonlyMap<string, ItemChange>;
  readonly added: readonly PlanItem[];
  /** Ids in the order that the person wants; null for the proposed one. */
  readonly order: readonly string[] | null;
}

/** A plan as it was proposed. */
export const UNCHANGED: PlanDraft = {
  dropped: new Set(),
  changes: new Map(),
  added: [],
  order: null,
};

/** Every task of the plan as it would start, those left out among them. */
export function planItems(
  tasks: readonly Task[],
  { dropped, changes, added, order }: PlanDraft,
): readonly PlanItem[] {
  const items = [...tasks.map((task) => toItem(task, dropped.has(task.id))), ...added].map((item) => ({
    ...item,
    ...changes.get(item.id),
  }));
  if (order === null) return items;
  const places = new Map(order.map((id, place) => [id, place]));
  const placeOf = ({ id }: PlanItem) => places.get(id) ?? order.length;
  return items.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** A plan in which a task stands one place earlier or later. */
export function moveItem(
  draft: PlanDraft,
  items: readonly PlanItem[],
  { id, by }: { readonly id: string; readonly by: -1 | 1 },
): PlanDraft {
  const order = items.map((item) => item.id);
  const at = order.indexOf(id);
  const other = order[at + by];
  if (at === -1 || other === undefined) return draft;
  return { ...draft, order: order.with(at, other).with(at + by, id) };
}

function toItem(
  { id, key, title, text, agent, role = null, after, predicted = [] }: Task,
  isDropped: boolean,
): PlanItem {
  return { id, key, title, text, agent, role, after, files: predicted, isAdded: false, isDropped };
}

/** A plan without a task, or with it again; one that the person added is gone. */
export function toggleDrop(draft: PlanDraft, id: string): PlanDraft {
  if (draft.added.some((item) => item.id === id))
    return { ...draft, added: draft.added.filter((item) => item.id !== id) };
  const dropped = new Set(draft.dropped);
  if (!dropped.delete(id)) dropped.add(id);
  return { ...draft, dropped };
}

/** A plan in which a task is different. */
export function changeItem(draft: PlanDraft, id: string, change: ItemChange): PlanDraft {
  return { ...draft, changes: new Map(draft.changes).set(id, { ...draft.changes.get(id), ...change }) };
}

/** A plan with one more task, which the person still has to put into words. */
export function addItem(draft: PlanDraft, tasks: readonly Task[]): PlanDraft {
  const taken = new Set([...tasks, ...draft.added].map(({ key }) => key));
  let number = taken.size + 1;
  while (taken.has(`t${number}`)) number += 1;
  const key = `t${number}`;
  const item: PlanItem = {
    ...{ id: key, key, title: '', text: '', agent: null, role: null, after: [], files: [] },
    ...{ isAdded: true, isDropped: false },
  };
  return { ...draft, added: [...draft.added, item] };
}

/** The edit that accepts a plan: only what differs from the proposal. */
export function planEdit(goal: string, tasks: readonly Task[], draft: PlanDraft): PlanEdit {
  const items = planItems(tasks, draft).filter(({ isDropped }) => !isDropped);
  const before = new Map(tasks.map((task) => [task.id, toItem(task, false)]));
  const kept = items.flatMap((item) => {
    const proposed = before.get(item.id);
    return proposed === undefined ? [] : [{ item, proposed }];
  });
  return {
    goal,
    drop: tasks.filter(({ id }) => draft.dropped.has(id)).map(({ id }) => id),
    assign: kept.flatMap(({ item, proposed }) =>
      item.agent === null || item.agent === proposed.agent ? [] : [{ task: item.id, agent: item.agent }],
    ),
    change: kept.flatMap(({ item, proposed }) => {
      const change = differences(item, proposed);
      return Object.keys(change).length === 0 ? [] : [{ task: item.id, ...change }];
    }),
    add: items
      .filter(({ isAdded }) => isAdded)
      .map(({ key, title, text, agent, role, after }) => ({
        ...{ key, text, role, after: [...after] },
        ...(title.trim() === '' ? {} : { title }),
        ...(agent === null ? {} : { agent }),
      })),
    ...(draft.order === null ? {} : { order: items.map(({ id }) => id) }),
  };
}

type Difference = Omit<PlanEdit['change'][number], 'task'>;

function differences(item: PlanItem, proposed: PlanItem): Difference {
  return {
    ...(item.title === proposed.title ? {} : { title: item.title }),
    ...(item.text === proposed.text ? {} : { text: item.text }),
    ...(item.role === proposed.role ? {} : { role: item.role }),
    ...(item.after.join() === proposed.after.join() ? {} : { after: [...item.after] }),
  };
}

/** Why a plan can't start as it is, in a sentence; null where it can. */
export function planProblem(items: readonly PlanItem[]): string | null {
  const kept = items.filter(({ isDropped }) => !isDropped);
  if (kept.length === 0) return 'Nothing is left in the plan.';
  const empty = kept.find(
    ({ text, title, isAdded }) => text.trim() === '' || (!isAdded && title.trim() === ''),
  );
  if (empty !== undefined)
    return `${empty.title.trim() === '' ? empty.key : empty.title}: say what is to be done.`;
  const there = new Set(kept.map(({ id }) => id));
  const orphans = kept.filter(({ after }) => after.some((id) => !there.has(id)));
  if (orphans.length > 0)
    return `${orphans.map(({ title, key }) => title || key).join(', ')}: waits for a task that is left out.`;
  return isCircular(kept) ? 'Some of these tasks wait for each other.' : null;
}

/** Takes away what waits for nothing, again and again; what is left waits for itself. */
function isCircular(items: readonly PlanItem[]): boolean {
  let open = items;
  for (;;) {
    const ids = new Set(open.map(({ id }) => id));
    const left = open.filter(({ after }) => after.some((id) => ids.has(id)));
    if (left.length === open.length) return left.length > 0;
    open = left;
  }
}
