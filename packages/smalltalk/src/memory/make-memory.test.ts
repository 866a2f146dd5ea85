import { describe, expect, it } from 'vitest';
import { ScriptedModel } from '../llm/scripted-model.ts';
import type { Message } from '../types/message.ts';
import { ModelError } from '../types/model-error.ts';
import { type HistoryManagement, makeMemory } from './make-memory.ts';

const talk = (count: number, contentOf: (place: number) => string = (place) => `Message ${String(place)}`) =>
  Array.from({ length: count }, (_, place): Message => {
    const id = `m-${String(place)}`;
    return { id, role: place % 2 === 0 ? 'user' : 'agent', content: contentOf(place), timestamp: place };
  });

async function recall(
  settings: HistoryManagement,
  history: readonly Message[],
  { message = 'Now?', model = new ScriptedModel(() => 'Summed up.') } = {},
) {
  return (await makeMemory(settings, model).recall({ history, message, key: 's-1' })).map(
    ({ content }) => content,
  );
}

describe('full', () => {
  it('shows everything that fits, and never half of a conversation’s middle', async () => {
    expect(await recall({ strategy: 'full' }, talk(30))).toHaveLength(30);
    const shown = await recall({ strategy: 'full', contextSize: 30 }, talk(30));
    expect(shown).toEqual(['Message 26', 'Message 27', 'Message 28', 'Message 29']);
  });

  it('shows the last message even when it alone is too large', async () => {
    expect(
      await recall(
        { strategy: 'full', contextSize: 5 },
        talk(3, () => 'x'.repeat(100)),
      ),
    ).toHaveLength(1);
  });
});

describe('sliding_window', () => {
  it('shows the last messages', async () => {
    expect(await recall({ slidingWindowSize: 2 }, talk(9))).toEqual(['Message 7', 'Message 8']);
  });
});

describe('summarization', () => {
  const settings = { strategy: 'summarization', summaryInterval: 4, slidingWindowSize: 2 } as const;

  it('has a model sum up what is past, some messages at a time, and each once', async () => {
    const model = new ScriptedModel((_, turn) => `Summary ${String(turn)}`);
    const memory = makeMemory(settings, model);
    const ask = async (count: number) =>
      (await memory.recall({ history: talk(count), message: '', key: 's-1' })).map(({ content }) => content);

    expect(await ask(5)).toHaveLength(5);
    expect(model.requests).toHaveLength(0);
    expect(await ask(7)).toEqual([
      'Summary of the first 4 messages of this conversation:\nSummary 1',
      'Message 4',
      'Message 5',
      'Message 6',
    ]);
    await ask(9);
    expect(model.requests).toHaveLength(1);
    expect((await ask(10))[0]).toContain('Summary 2');
    expect(model.requests[1]?.messages[1]?.content).toContain('"earlierSummary":"Summary 1"');
    expect(model.requests[1]?.messages[1]?.content).toContain('Message 7');
  });

  it('is worked out once for two messages at a time', async () => {
    const model = new ScriptedModel(() => 'Once');
    const memory = makeMemory(settings, model);
    const request = { history: talk(7), message: '', key: 's-1' };
    const [one, other] = await Promise.all([memory.recall(request), memory.recall(request)]);
    expect([one, model.requests.length]).toEqual([other, 1]);
  });

  it('goes on without a model, and says so', async () => {
    const model = new ScriptedModel(() => new ModelError('network', 'down'));
    const shown = await recall(
      settings,
      talk(7, (place) => `Point ${String(place)}. And more.`),
      { model },
    );
    expect(shown[0]).toContain('Shortened without a model:\nuser: Point 0.\nagent: Point 1.\nuser: Point 2.');
    expect(shown[0]).not.toContain('And more');
  });
});

describe('vector_retrieval', () => {
  const settings = { strategy: 'vector_retrieval', slidingWindowSize: 2, maxRetrieved: 2 } as const;

  it('brings back what fits the question, in the order it was said in', async () => {
    const history = talk(12, (place) =>
      place === 3
        ? 'The budget is 400 euros'
        : place === 6
          ? 'Budgets were planned in May'
          : `Weather ${String(place)}`,
    );
    expect(await recall(settings, history, { message: 'What was the planned budget?' })).toEqual([
      'The budget is 400 euros',
      'Budgets were planned in May',
      'Weather 10',
      'Weather 11',
    ]);
  });

  it('compares meanings where it is given vectors, and asks for each only once', async () => {
    const embedded: string[] = [];
    const embed = async (texts: readonly string[]) => {
      embedded.push(...texts);
      return texts.map((text) => (/cat|feline/.test(text) ? [1, 0] : [0, 1]));
    };
    const memory = makeMemory({ ...settings, embed }, new ScriptedModel([]));
    const history = talk(6, (place) => (place === 1 ? 'a cat' : `b ${String(place)}`));
    const request = { history, message: 'felines: feline', key: 's-1' };
    const shown = (await memory.recall(request)).map(({ content }) => content);
    expect(shown).toEqual(['a cat', 'b 4', 'b 5']);
    await memory.recall(request);
    expect(embedded).toHaveLength(1 + 4 + 1);
  });
});

describe('hybrid', () => {
  it('shows a summary, what fits of the past word for word, and the newest', async () => {
    const settings = {
      strategy: 'hybrid',
      summaryInterval: 4,
      slidingWindowSize: 2,
      maxRetrieved: 1,
    } as const;
    const history = talk(7, (place) => (place === 1 ? 'The password is tulip' : `Message ${String(place)}`));
    expect(await recall(settings, history, { message: 'Which password?' })).toEqual([
      'Summary of the first 4 messages of this conversation:\nSummed up.',
      'The password is tulip',
      'Message 4',
      'Message 5',
      'Message 6',
    ]);
  });
});

it('refuses settings that cannot be', () => {
  expect(() => makeMemory({ contextSize: 0, summaryInterval: 1.5 }, new ScriptedModel([]))).toThrow(
    'The memory needs whole numbers above 0: contextSize, summaryInterval',
  );
});
