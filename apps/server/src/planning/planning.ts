import {
  type Attachment,
  type GoalInput,
  MAX_ATTACHMENTS,
  type Oid,
  type RedoInput,
} from '@thalogos/contracts';
import type { Actor } from '../access/role.ts';
import { Refusal } from '../platform/refusal.ts';
import { acceptPlan, dropPlan } from './accept-plan.ts';
import { keepGoal, PLAINLY, statedBefore } from './keep-goal.ts';
import type { PlannedTask } from './plan.ts';
import { assertKnown, planGoal, type ToPlan } from './plan-goal.ts';
import type { PlanningCalls, StatedGoal } from './planning.api.ts';
import type { PlanningDeps } from './planning-deps.ts';
import { PLAIN_PLANNER } from './planners/model-planner.ts';
import { planRedo, redoGoal, type UndoneTask } from './redo-tasks.ts';
import { describeRoles } from './roles.ts';

/** A task that is not a person's own wish, such as a proposal for a conflict. */
export interface TaskOrder {
  readonly project: string;
  readonly session: string;
  readonly title: string;
  readonly text: string;
  /** Null for whoever usually gets what is addressed to nobody. */
  readonly agent: string | null;
  readonly base: Oid;
  readonly settles: string;
}

/** A goal as it is called, with what was said before it where it comes of a discussion. */
export type Wish = GoalInput & Pick<ToPlan, 'background' | 'signal'>;

/** Goals in, plans out, and single tasks that others order. */
export interface Planning extends Omit<PlanningCalls, 'state'> {
  /** Plans a goal; nobody waits any more once `signal` has aborted, and nothing is made then. */
  state(wish: Wish, actor: Actor): Promise<StatedGoal>;
  /** Plans and starts one task; `within` runs in the same transaction. */
  order(order: TaskOrder, by: string, within: (task: string) => void): Promise<string>;
}

/** Goals in, plans out. */
export function makePlanning(deps: PlanningDeps): Planning {
  const { goals, recorder } = deps;
  return {
    state: (input, actor) => stateGoal(deps, input, actor),
    redo: (input, actor) => redo(deps, input, actor),
    order: async (order, by, within) => {
      const planned = [await planOrder(deps, order)];
      const { project, session, title: text } = order;
      const input = { project, session, text, planOnly: false, approve: false };
      return recorder.transact(() => {
        const [task] = keepGoal(deps, { ...PLAINLY, input, planned, by }).tasks;
        if (task === undefined) throw new Error(`Nothing was planned for ${order.title}`);
        within(task.id);
        return task.id;
      });
    },
    accept: (edit, actor) => acceptPlan(deps, edit, actor.name),
    drop: (goal, actor) => dropPlan(deps, goal, actor.name),
    roles: describeRoles,
    model: deps.describeModel,
    goals: (session) => goals.ofSession(session),
  };
}

async function stateGoal(deps: PlanningDeps, wish: Wish, { name: by }: Actor): Promise<StatedGoal> {
  deps.findProject(wish.project);
  const files = deps.attachments.find(wish.project, wish.attachments ?? []);
  const before = statedBefore(deps, wish.once);
  if (before !== null) return before;
  const made = await planGoal(deps, withFiles(wish, files));
  if (wish.signal?.aborted === true)
    throw new Refusal('wrong-state', 'Planning was called off; nothing was made.');
  // What nobody wrote down is looked at before it starts.
  const isWritten = made.planner === PLAIN_PLANNER && made.note === null;
  return deps.recorder.transact(
    () =>
      statedBefore(deps, wish.once) ??
      keepGoal(deps, { ...made, input: { ...wish, planOnly: wish.planOnly || !isWritten }, by }),
  );
}

/** A model that plans is told what comes along; the agents read it. */
function withFiles(wish: Wish, files: readonly Attachment[]): Wish {
  if (files.length === 0) return wish;
  const names = files.map(({ name, mediaType }) => `- ${name} (${mediaType})`).join('\n');
  const told = `These files come with the goal. Each agent is given them to read:\n${names}`;
  return { ...wish, background: wish.background === undefined ? told : `${told}\n\n${wish.background}` };
}

/** A goal of its own: what comes of it is looked at anew. */
async function redo(deps: PlanningDeps, { project, tasks }: RedoInput, actor: Actor): Promise<StatedGoal> {
  deps.findProject(project);
  const undone: UndoneTask[] = [];
  for (const id of new Set(tasks)) {
    const task = await deps.findUndone(project, id);
    if (task === null) {
      throw new Refusal('wrong-state', `Task ${id} is not one that a rollback has undone.`, {
        hint: 'See what each rollback undid: `thalogos timeline --json`.',
      });
    }
    undone.push(task);
  }
  const attachments = [...new Set(undone.flatMap((task) => task.attachments))].slice(0, MAX_ATTACHMENTS);
  const input = { project, text: redoGoal(undone), planOnly: false, approve: false, attachments };
  const planned = planRedo(undone, await deps.agents(project));
  return keepGoal(deps, { ...PLAINLY, input, planned, by: actor.name });
}

async function planOrder({ agents }: PlanningDeps, order: TaskOrder): Promise<PlannedTask> {
  const { project, title, text, agent, base, settles } = order;
  const { names, usual } = await agents(project);
  if (agent !== null) assertKnown(agent, names);
  return { key: 'proposal', title, text, agent: agent ?? usual, after: [], base, settles };
}
