import { Agent, type ModelRequest, SmallTalk } from '@thalogos/smalltalk';
import { during, type Environment, modelFor, playDirectly, type Stage } from './support/stage.ts';

/** A conversation that outlives its process: it is kept in a folder, and goes on by its id. */
export default function makeTalk(environment: Environment = process.env, location = 'data'): SmallTalk {
  return new SmallTalk({
    ...modelFor(environment, recall),
    history: { location, retentionMs: 7 * 86_400_000 },
    agents: [new Agent({ name: 'Host' })],
  });
}

/** A conversation in one process, its end in the next, and its invalidation. */
export async function demo({ print, environment, folder }: Stage): Promise<void> {
  const sessionId = await during(makeTalk(environment, folder), async (talk) => {
    const said = await talk.chat('The meeting is on Friday.');
    print(said.content);
    return said.sessionId;
  }); // the first process ends here

  await during(makeTalk(environment, folder), async (talk) => {
    const session = await talk.restoreSession(sessionId);
    print(`${session?.conversationHistory.length ?? 0} messages are there again`);
    print((await talk.chat('When is the meeting?', { sessionId })).content);
    await talk.sessions.invalidateSession(sessionId);
    print(await talk.chat('And where?', { sessionId }).then(String, (error: Error) => error.name));
  });
}

function recall({ messages }: ModelRequest): string {
  const isAsked = messages.at(-1)?.content.includes('When') === true;
  if (!isAsked) return 'Noted.';
  return messages.some(({ content }) => content.includes('Friday')) ? 'On Friday.' : 'I do not know.';
}

await playDirectly(import.meta.url, demo);
