import type { PlanEdit, Task } from '@thalogos/contracts';
import { Refusal } from '../platform/refusal.ts';
import { makePlan, type PlannedTask, type Proposal } from './plan.ts';
import { titleOf } from './planners/title-of.ts';
import { roleNamed } from './roles.ts';

/** What accepting an edited plan does: tasks left out, tasks changed, tasks added. */
export interface EditedPlan {
  readonly drop: readonly string[];
  readonly change: readonly { readonly task: string; readonly to: TaskChange }[];
  readonly add: readonly AddedTask[];
  /** Ids, and keys of tasks that are added; null for the order in which they were proposed. */
  readonly order: readonly string[] | null;
}

/** A task as a person wants it instead of as it was proposed; only what is different. */
export interface TaskChange {
  readonly title?: string;
  readonly text?: string;
  readonly agent?: string;
  readonly role?: string | null;
  readonly after?: readonly string[];
}

/** A task that a person adds; what it waits for is told by id, or by the key of another one that is added. */
export interface AddedTask {
  readonly planned: PlannedTask;
  readonly after: readonly string[];
}

/**
 * Validates an edited plan as every plan is: agents, roles, keys and dependencies of what is left and what is new.
 *
 * @throws Refusal for the first thing that is wrong; nothing has been changed then.
 */
export function editPlan(
  edit: PlanEdit,
  tasks: readonly Task[],
  agents: { readonly names: readonly string[]; readonly usual: string },
): EditedPlan {
  assertOfGoal(edit, tasks);
  const kept = tasks.filter(({ id, state }) => state === 'planned' && !edit.drop.includes(id));
  const change = kept.flatMap((task) => {
    const to = changeOf(edit, task);
    return Object.keys(to).length === 0 ? [] : [{ task: task.id, to }];
  });
  const add = addedTasks(edit, tasks, agents.usual);
  assertPlan({ kept, change, add, dropped: edit.drop }, tasks, agents.names);
  return { drop: edit.drop, change, add, order: edit.order ?? null };
}

/** What is different from the proposal, and nothing else. */
function changeOf({ assign, change }: PlanEdit, task: Task): TaskChange {
  const { title, text, role, after } = change.findLast((one) => one.task === task.id) ?? {};
  const agent = assign.findLast((one) => one.task === task.id)?.agent;
  const wanted = { title, text, agent, role, after: after === undefined ? undefined : [...new Set(after)] };
  const now = { ...task, role: task.role ?? null };
  return {
    ...ifNew('title', wanted.title, now.title),
    ...ifNew('text', wanted.text, now.text),
    ...ifNew('agent', wanted.agent, now.agent),
    ...ifNew('role', wanted.role, now.role),
    ...ifNew('after', wanted.after, now.after),
  };
}

function ifNew<K extends string, T>(name: K, wanted: T | undefined, now: T): { readonly [P in K]?: T } {
  if (wanted === undefined || JSON.stringify(wanted) === JSON.stringify(now)) return {};
  const made: { [P in K]?: T } = {};
  made[name] = wanted;
  return made;
}

function addedTasks({ add }: PlanEdit, tasks: readonly Task[], usual: string): readonly AddedTask[] {
  const taken = new Set(tasks.map(({ key }) => key));
  return add.map(({ key, title, text, agent, role, after }) => {
    if (taken.has(key)) throw new Refusal('bad-goal', `The key [${key}] is taken. Nothing was started.`);
    taken.add(key);
    return {
      planned: {
        ...{ key, text, after: [], role: role ?? null },
        title: title === undefined || title === '' ? titleOf(text) : title,
        agent: agent ?? usual,
      },
      after,
    };
  });
}

interface Whole {
  readonly kept: readonly Task[];
  readonly change: EditedPlan['change'];
  readonly add: readonly AddedTask[];
  readonly dropped: readonly string[];
}

function assertPlan(
  { kept, change, add, dropped }: Whole,
  tasks: readonly Task[],
  names: readonly string[],
): void {
  const titles = new Map(tasks.map(({ id, title }) => [id, title]));
  const left = kept.map((task): Proposal => {
    const to = change.find((one) => one.task === task.id)?.to ?? {};
    const { title, text, agent, role = null, after } = { ...task, ...to };
    return { key: task.id, title, text, agent, role, after, line: 0 };
  });
  const added = add.map(({ planned, after }): Proposal => ({ ...planned, after, line: 0 }));
  const whole = [...left, ...added];
  if (whole.length === 0)
    throw new Refusal('bad-goal', 'Nothing is left in the plan, so nothing was started.');
  for (const { title, after, role } of whole) {
    const gone = after.find((id) => dropped.includes(id));
    if (gone !== undefined)
      throw new Refusal(
        'bad-goal',
        `${title} waits for ${titles.get(gone)}, which is left out of the plan.`,
        {
          hint: 'Leave both out, or keep both.',
        },
      );
    if (role != null && roleNamed(role) === null)
      throw new Refusal('bad-goal', `There is no role ${role}; nothing was started.`);
  }
  const plan = makePlan(whole, [...names, ...kept.map(({ agent }) => agent)]);
  if (plan.kind === 'planned') return;
  const words = plan.problems.map(({ message }) =>
    [...titles].reduce((text, [id, title]) => text.replaceAll(id, title), message),
  );
  throw new Refusal('bad-goal', `The plan can't be started as it was edited: ${words.join('; ')}.`, {
    details: { problems: plan.problems },
  });
}

function assertOfGoal({ drop, assign, change }: PlanEdit, tasks: readonly Task[]): void {
  const known = new Set(tasks.map(({ id }) => id));
  const stranger = [...drop, ...[...assign, ...change].map(({ task }) => task)].find((id) => !known.has(id));
  if (stranger !== undefined) throw new Refusal('not-found', `Task ${stranger} is not part of this plan.`);
}
