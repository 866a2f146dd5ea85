import { Agent, ModelError, type Script, SmallTalk } from '@thalogos/smalltalk';
import { during, type Environment, modelFor, playDirectly, type Stage } from './support/stage.ts';

const SPARE = { provider: 'openai', model: 'gpt-4o' };

/** Calls that are looked after: another model where one fails, prices, and an end of the spending. */
export default function makeTalk(environment: Environment = process.env): SmallTalk {
  return new SmallTalk({
    ...modelFor(environment, failAtFirst),
    care: {
      fallbacks: [SPARE],
      prices: {
        'openai/gpt-4o-mini': { input: 0.15, output: 0.6 },
        'openai/gpt-4o': { input: 2.5, output: 10 },
      },
      budget: { maxTokens: 2500 }, // what an answer may take at most counts while it is under way
    },
    agents: [new Agent({ name: 'Host', maxTokens: 2048 })],
  });
}

/** An answer by the stand-in, and a question that would cost too much. */
export async function demo({ print, environment }: Stage): Promise<void> {
  await during(makeTalk(environment), async (talk) => {
    const { sessionId, metadata } = await talk.chat('Is anybody there?');
    print(
      `answered by ${metadata.model?.model ?? ''}, ${(metadata.costUsd ?? 0) > 0 ? 'at a price' : 'for nothing'}`,
    );
    const text = 'A long letter. '.repeat(200);
    const refused = await talk.chat(`Sum this up: ${text}`, { sessionId });
    print(`then: ${refused.metadata.degraded ?? 'answered'}`);
    print(`${talk.getSpending('Host').calls} call was paid`);
  });
}

/** The first model refuses; its stand-in answers. */
const failAtFirst: Script = ({ target }) =>
  target?.model === SPARE.model
    ? { content: 'I am here.', target: SPARE }
    : new ModelError('content-filtered', 'The model refuses');

await playDirectly(import.meta.url, demo);
