import { Agent, defineTool, type Script, SmallTalk } from '@thalogos/smalltalk';
import { z } from 'zod';
import { during, type Environment, modelFor, playDirectly, type Stage } from './support/stage.ts';

const SHELF = [
  { id: 'sleep-1', text: 'During deep sleep the brain repeats what was learnt by day.' },
  { id: 'sleep-2', text: 'Adults who sleep under six hours forget more.' },
  { id: 'tides-1', text: 'The moon moves the tides.' },
];

const search = defineTool({
  name: 'search_library',
  description: 'Finds passages that hold all of the words',
  parameters: z.object({ words: z.array(z.string().min(2)).min(1) }),
  access: ['read'],
  run: ({ words }) => SHELF.filter(({ text }) => words.every((word) => text.toLowerCase().includes(word))),
});

/** Research in documents of one's own: the agent looks them up and answers with what it found. */
export default function makeTalk(environment: Environment = process.env): SmallTalk {
  return new SmallTalk({
    ...modelFor(environment, lookUp),
    // Older messages that fit the question are shown as well, however long ago they were said.
    historyManagement: { strategy: 'vector_retrieval', slidingWindowSize: 4 },
    agents: [
      new Agent({
        name: 'Researcher',
        personality: 'analytical',
        systemPrompt: 'Answer from the library alone, and name the passages.',
        tools: [search],
      }),
    ],
  });
}

/** A question that is answered from the library. */
export async function demo({ print, environment }: Stage): Promise<void> {
  await during(makeTalk(environment), async (talk) => {
    const { content, toolOutcomes } = await talk.chat('What does sleep do for memory?');
    print(toolOutcomes.map(({ toolName, kind }) => `${toolName}: ${kind}`).join(', '));
    print(content);
  });
}

const lookUp: Script = ({ messages }) => {
  const last = messages.at(-1);
  if (last?.role !== 'tool')
    return { toolCalls: [{ id: '1', name: 'search_library', arguments: { words: ['sleep'] } }] };
  const ids = SHELF.flatMap(({ id }) => (last.content.includes(id) ? [id] : []));
  return `It keeps what was learnt (${ids.join(', ')}).`;
};

await playDirectly(import.meta.url, demo);
