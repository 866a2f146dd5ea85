import { fileURLToPath } from 'node:url';
import { SmallTalk } from '@thalogos/smalltalk';
import { byAgent, during, type Environment, modelFor, playDirectly, type Stage } from './support/stage.ts';

/** Agents that are described in files: YAML or JSON, with what they get of the events that they miss. */
export default async function makeTalk(environment: Environment = process.env): Promise<SmallTalk> {
  const talk = new SmallTalk(
    modelFor(environment, byAgent({ Tutor: ['Add 2 on both sides.'], Librarian: ['Shelf 4, on the left.'] })),
  );
  await talk.loadAgentsFromDirectory(fileURLToPath(new URL('agents', import.meta.url)));
  return talk;
}

/** Who was loaded, and whom two questions reach. */
export async function demo({ print, environment }: Stage): Promise<void> {
  await during(await makeTalk(environment), async (talk) => {
    print(talk.listAgents().toSorted().join(', '));
    for (const question of ['How do I solve this algebra task?', 'Which books should I read?']) {
      const { agentName, content } = await talk.chat(question);
      print(`${agentName}: ${content}`);
    }
  });
}

await playDirectly(import.meta.url, demo);
