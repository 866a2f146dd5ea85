import { Agent, SmallTalk } from '@thalogos/smalltalk';
import { byAgent, during, type Environment, modelFor, playDirectly, type Stage } from './support/stage.ts';

/**
 * A model on one's own machine, as Ollama serves it; no key is needed:
 * `OPENAI_COMPATIBLE_BASE_URL=http://127.0.0.1:11434/v1 SMALLTALK_DEFAULT_MODEL=llama3.2 node examples/local-model.ts`
 */
export default function makeTalk(environment: Environment = process.env): SmallTalk {
  return new SmallTalk({
    ...modelFor(
      { ...environment, SMALLTALK_DEFAULT_PROVIDER: 'openai-compatible' },
      byAgent({ William: ['Soft, thy question breaks like morning.'], Kit: ['Be bold, and ask again.'] }),
    ),
    agents: [
      new Agent({ name: 'William', systemPrompt: 'You speak as Shakespeare did.', expertise: ['sonnets'] }),
      new Agent({ name: 'Kit', systemPrompt: 'You speak as Marlowe did.', expertise: ['tragedies'] }),
    ],
  });
}

/** Two poets, each spoken to by name. */
export async function demo({ print, environment }: Stage): Promise<void> {
  await during(makeTalk(environment), async (talk) => {
    const { sessionId, content } = await talk.chat('@William may I ask you something?');
    print(content);
    print((await talk.chat('@Kit and what do you say?', { sessionId })).content);
  });
}

await playDirectly(import.meta.url, demo);
