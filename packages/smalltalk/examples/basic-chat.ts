import { Agent, type ModelRequest, SmallTalk } from '@thalogos/smalltalk';
import { during, type Environment, modelFor, playDirectly, type Stage } from './support/stage.ts';

/** One agent that remembers what it was told, and answers word by word. */
export default function makeTalk(environment: Environment = process.env): SmallTalk {
  return new SmallTalk({
    ...modelFor(environment, (request) => (knowsAda(request) ? 'Your name is Ada.' : 'Nice to meet you.')),
    agents: [new Agent({ name: 'Host', personality: 'helpful' })],
  });
}

/** Two turns of one conversation, and a stranger in another. */
export async function demo({ print, environment }: Stage): Promise<void> {
  await during(makeTalk(environment), async (talk) => {
    const { sessionId, content } = await talk.chat('Hello, I am Ada.');
    print(content);

    const words: string[] = [];
    for await (const part of talk.chatStream('What is my name?', { sessionId }))
      if (part.type === 'text') words.push(part.text);
    print(words.join(''));

    const stranger = await talk.chat('What is my name?'); // no session: another conversation
    print(stranger.content);
  });
}

/** The scripted model knows a name only where it is shown the message that says it. */
function knowsAda({ messages }: ModelRequest): boolean {
  return messages.slice(0, -1).some(({ content }) => content.includes('I am Ada'));
}

await playDirectly(import.meta.url, demo);
