import { Agent, ConversationRouter, SmallTalk } from '@thalogos/smalltalk';
import { byAgent, during, type Environment, modelFor, playDirectly, type Stage } from './support/stage.ts';

/** Who answers: by skills, by name, by a rule, or whom a person has chosen; and why. */
export default function makeTalk(environment: Environment = process.env): SmallTalk {
  return makeRoutedTalk(environment).talk;
}

/** The router is made apart, so that its decisions can be read. */
function makeRoutedTalk(environment: Environment) {
  const router = new ConversationRouter();
  const talk = new SmallTalk({
    ...modelFor(environment, byAgent({})),
    router,
    agents: [
      new Agent({ name: 'Chef', expertise: ['cooking', 'recipes'] }),
      new Agent({ name: 'Mechanic', expertise: ['cars', 'engine repair'] }),
      new Agent({ name: 'Medic', expertise: ['first aid', 'health'] }),
    ],
  });
  talk.addHandoffRule(({ message }) => /emergency/i.test(message), 'Medic', 10);
  return { talk, router };
}

/** Five messages, who got each, and who decided that. */
export async function demo({ print, environment }: Stage): Promise<void> {
  const { talk, router } = makeRoutedTalk(environment);
  await during(talk, async () => {
    const sessionId = await talk.createSession();
    for (const message of ['My engine stutters', '@Chef what do you say?', 'An emergency: he fainted']) {
      const { agentName } = await talk.chat(message, { sessionId });
      print(`${message} -> ${agentName}`);
    }
    talk.switchAgent(sessionId, 'Chef'); // sticks, until it is released
    print(`My car is broken -> ${(await talk.chat('My car is broken', { sessionId })).agentName}`);
    talk.releaseAgent(sessionId);
    for (const { agentName, source } of router.decisions.query({ sessionId }))
      print(`${agentName}: ${source}`);
  });
}

await playDirectly(import.meta.url, demo);
