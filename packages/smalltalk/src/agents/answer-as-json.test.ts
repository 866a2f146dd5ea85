import { expect, it } from 'vitest';
import { z } from 'zod';
import { ScriptedModel } from '../llm/scripted-model.ts';
import { SmallTalk } from '../small-talk.ts';
import { Agent } from './agent.ts';

const schema = z.object({ town: z.string(), people: z.int() });

function make(...replies: string[]) {
  const model = new ScriptedModel(replies);
  return { model, agent: new Agent({ name: 'Clerk' }, { model }) };
}

it('answers with an object of the shape that was asked for', async () => {
  const { agent, model } = make('```json\n{"town":"Bonn","people":330000}\n```');
  const reply = await agent.generateResponse('Bonn?', { schema });
  expect(reply.data).toEqual({ town: 'Bonn', people: 330_000 });
  expect([model.requests[0]?.format, model.requests[0]?.messages.at(-1)?.content]).toEqual([
    'json',
    expect.stringContaining('"people":{"type":"integer"') as string,
  ]);
});

it('shows a model once what does not fit, and counts both attempts', async () => {
  const { agent, model } = make('{"town":"Bonn"}', '{"town":"Bonn","people":1}');
  const reply = await agent.generateResponse('Bonn?', { schema });
  expect(reply.data).toEqual({ town: 'Bonn', people: 1 });
  expect(model.requests[1]?.messages.at(-1)?.content).toContain('expected number, received undefined');
  expect(reply.metadata.usage?.outputTokens).toBe(5 + 8);
});

it('fails when it does not fit then either, and no half of it is handed on', async () => {
  const { agent } = make('Well…', 'Sorry.');
  const parts: string[] = [];
  const asking = (async () => {
    for await (const part of agent.streamResponse('Bonn?', { schema })) parts.push(part.type);
  })();
  await expect(asking).rejects.toThrow('Clerk did not answer in the shape asked for');
  expect(parts).toEqual([]);
});

it('reaches whoever asks a SmallTalk', async () => {
  const { model } = make('{"town":"Bonn","people":1}');
  const talk = new SmallTalk({ languageModel: model, environment: {}, log: { write: () => undefined } });
  talk.createAgent({ name: 'Clerk' });
  await talk.start();
  expect((await talk.chat('Bonn?', { schema })).data).toEqual({ town: 'Bonn', people: 1 });
  await talk.stop();
});
