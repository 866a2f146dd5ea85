import { Agent, SmallTalk } from '@thalogos/smalltalk';
import { byAgent, during, type Environment, modelFor, playDirectly, type Stage } from './support/stage.ts';

/** Three colleagues who hear each other: a round of opinions, then work that passes from one to the next. */
export default function makeTalk(environment: Environment = process.env): SmallTalk {
  return new SmallTalk({
    ...modelFor(
      environment,
      byAgent({
        Sales: ['Customers ask for it every week.'],
        Finance: ['It pays off in the second year.', 'It costs 40,000 a year.'],
        Engineering: ['Two people can build it in a month.', 'Here is the plan: two people, one month.'],
      }),
    ),
    agents: [
      new Agent({ name: 'Sales', expertise: ['customers', 'prices'] }),
      new Agent({ name: 'Finance', expertise: ['costs', 'budgets'] }),
      new Agent({ name: 'Engineering', expertise: ['planning', 'building'] }),
    ],
  });
}

/** A round of opinions, then two tasks of which the second waits for the first. */
export async function demo({ print, environment }: Stage): Promise<void> {
  await during(makeTalk(environment), async (talk) => {
    const { id } = await talk.groups.createGroup(talk.getAgents(), { maxSpeakersPerTurn: 3 });
    const opinions = await talk.groups.handleMessage(id, 'Shall we offer a mobile app?');
    for (const { agentName, content } of opinions) print(`${agentName ?? ''}: ${content}`);

    const costs = await talk.groups.addTask(id, {
      description: 'Say what the app costs',
      assignedAgentId: 'Finance',
    });
    await talk.groups.addTask(id, {
      description: 'Plan how the app is built',
      assignedAgentId: 'Engineering',
      dependencies: [costs.id],
    });
    for (const { agentName, content } of await talk.groups.runWorkflow(id))
      print(`${agentName ?? ''}: ${content}`);
    print(`${talk.groups.getConversation(id)?.workflowState.completedTaskIds.length ?? 0} tasks are done`);
  });
}

await playDirectly(import.meta.url, demo);
