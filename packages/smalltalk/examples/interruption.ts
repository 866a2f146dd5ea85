import { once } from 'node:events';
import { Agent, SmallTalk } from '@thalogos/smalltalk';
import { byAgent, during, type Environment, modelFor, playDirectly, type Stage } from './support/stage.ts';

/** A plan for several agents, and a user who steps in while they work. */
export default function makeTalk(environment: Environment = process.env): SmallTalk {
  return new SmallTalk({
    ...modelFor(
      environment,
      byAgent({
        Researcher: ['Sleep: three sources.'],
        Writer: ['We sleep to remember.'],
        Reviewer: ['The logic is sound.'],
      }),
    ),
    agents: [
      new Agent({ name: 'Researcher', expertise: ['research', 'sources'] }),
      new Agent({ name: 'Writer', expertise: ['writing', 'style'] }),
      new Agent({ name: 'Reviewer', expertise: ['review', 'critique', 'logic'] }),
    ],
  });
}

/** A plan that is paused after its first step, and goes on. */
export async function demo({ print, environment }: Stage): Promise<void> {
  await during(makeTalk(environment), async (talk) => {
    const sessionId = await talk.createSession({ metadata: { userId: 'ada' } });
    const begun = once(talk.orchestrator, 'response-chunk');
    const answering = talk.orchestrate(
      'Find sources on sleep, then write a text in good style, then review its logic',
      { sessionId },
    );
    await begun; // the first agent speaks
    await talk.orchestrate('Hold on', { sessionId });
    const paused = await answering;
    print(`${paused.kind} after ${paused.messages.length} of ${paused.plan.steps.length} steps`);

    const { kind, messages } = await talk.orchestrate('Continue', { sessionId });
    for (const { agentName, content } of messages) print(`${agentName ?? ''}: ${content}`);
    print(kind);
  });
}

await playDirectly(import.meta.url, demo);
