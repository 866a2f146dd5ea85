import { AgentFactory, SmallTalk } from '@thalogos/smalltalk';
import { byAgent, during, type Environment, modelFor, playDirectly, type Stage } from './support/stage.ts';

/** Agents that nobody has to describe: presets, assistants, and a preset of one's own. */
export default function makeTalk(environment: Environment = process.env): SmallTalk {
  const factory = new AgentFactory();
  factory.addPresetPersonality('pirate', {
    name: 'pirate',
    description: 'A pirate who explains the sea',
    traits: ['bold'],
    communicationStyle: 'short, with a roar',
    expertise: ['sailing', 'ships', 'the sea'],
  });
  return new SmallTalk({
    ...modelFor(
      environment,
      byAgent({
        CodeHelper: ['Use a Map: look-ups stay fast.'],
        Poet: ['Rain writes on windows.'],
        Jack: ['Arr, reef the sails!'],
      }),
    ),
    agents: [
      factory.createCodingAssistant('CodeHelper', ['typescript']),
      factory.createWritingAssistant('Poet', 'creative'),
      factory.createFromPreset('Jack', 'pirate'),
    ],
  });
}

/** Three questions, each for another agent. */
export async function demo({ print, environment }: Stage): Promise<void> {
  await during(makeTalk(environment), async (talk) => {
    for (const question of [
      'Please debug this typescript function',
      'I need some creative writing about rain',
      'How do ships survive a storm at sea?',
    ]) {
      const { agentName, content } = await talk.chat(question);
      print(`${agentName}: ${content}`);
    }
  });
}

await playDirectly(import.meta.url, demo);
