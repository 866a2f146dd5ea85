import { Agent, type ModelRequest, SmallTalk } from '@thalogos/smalltalk';
import { during, type Environment, modelFor, playDirectly, type Stage } from './support/stage.ts';

/** A long conversation: what is old is summed up for the model, and kept whole in the session. */
export default function makeTalk(environment: Environment = process.env): SmallTalk {
  return new SmallTalk({
    ...modelFor(environment, remember),
    historyManagement: { strategy: 'summarization', slidingWindowSize: 4, summaryInterval: 4 },
    agents: [new Agent({ name: 'Host' })],
  });
}

/** Six messages, then a question about the first of them. */
export async function demo({ print, environment }: Stage): Promise<void> {
  await during(makeTalk(environment), async (talk) => {
    const { sessionId } = await talk.chat('My dog is called Pixel.');
    for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'])
      await talk.chat(`On ${day} it rained.`, { sessionId });
    print((await talk.chat('What is my dog called?', { sessionId })).content);
    const session = await talk.restoreSession(sessionId);
    print(`${session?.conversationHistory.length ?? 0} messages are kept`);
  });
}

/** Sums up when it is asked to, and otherwise knows only what it is shown. */
function remember({ messages, purpose }: ModelRequest): string {
  const shown = messages.map(({ content }) => content).join('\n');
  if (purpose?.agentName !== 'Host') return 'The dog is called Pixel.';
  if (!shown.endsWith('called?')) return 'I see.';
  const isSummary = !shown.includes('My dog is called') && shown.includes('Pixel');
  return isSummary ? 'Pixel, as the summary says.' : 'I do not know.';
}

await playDirectly(import.meta.url, demo);
