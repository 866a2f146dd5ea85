import type { Goal } from '@thalogos/contracts';
import type { CommandDefinition } from '../command.ts';
import type { Client } from '../connection/client.ts';
import type { Connection } from '../connection/connect.ts';
import { Failure } from '../failure.ts';
import { sayPlan, sayTasks } from '../output/say-tasks.ts';

/** Shows the tasks of the newest goal, and starts or drops them where they wait for that. */
export const plan: CommandDefinition = {
  usage: 'plan',
  summary: 'the tasks of the newest goal',
  configure: (command) => command.option('--accept', 'start them').option('--drop', 'drop the plan'),
  run: async (context, { options }) => {
    const connection = await context.connect();
    const project = await context.project(connection);
    const newest = await newestGoal(connection.client, project.id);
    if (newest === null) return { json: { goal: null, tasks: [] }, text: 'No goal yet.' };
    if (options.has('accept')) await settle(connection, newest, 'accept');
    if (options.has('drop')) await settle(connection, newest, 'drop');
    const all = await connection.client.tasks.list.query({ project: project.id, session: newest.session });
    const tasks = all.tasks.filter((task) => task.goal === newest.id);
    const isOpen = tasks.some(({ state }) => state === 'planned');
    const text = isOpen ? sayPlan(tasks) : sayTasks(tasks);
    const { planner, note = null } = newest;
    return { json: { goal: newest.id, planner, note, tasks }, text };
  },
};

async function settle({ client }: Connection, goal: Goal, how: 'accept' | 'drop'): Promise<void> {
  if (goal.state !== 'proposed')
    throw new Failure('wrong-state', `The plan of goal ${goal.id} is ${goal.state} already`);
  if (how === 'accept') await client.planning.accept.mutate({ goal: goal.id });
  else await client.planning.drop.mutate({ goal: goal.id });
}

async function newestGoal(client: Client, project: string): Promise<Goal | null> {
  const { sessions } = await client.sessions.list.query({ project });
  const goals = await Promise.all(sessions.map(({ id }) => client.planning.goals.query({ session: id })));
  return goals.flatMap((each) => each.goals).toSorted((a, b) => b.createdAt - a.createdAt)[0] ?? null;
}
