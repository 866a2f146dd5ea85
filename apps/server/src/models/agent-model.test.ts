import { readdir } from 'node:fs/promises';
import { complete } from '@thalogos/smalltalk';
import { makeTemporaryDirectory } from '@thalogos/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeScriptedAdapter } from '../agents/scripted/scripted-adapter.ts';
import { makeSupervisor } from '../agents/supervisor.ts';
import { systemClock as clock } from '../platform/clock.ts';
import { makePlainSandbox } from '../sandbox/contain.ts';
import { makeAgentModel } from './agent-model.ts';

async function setUp(deadlineMs = 20_000) {
  const directory = await makeTemporaryDirectory();
  onTestFinished(() => directory[Symbol.asyncDispose]());
  const supervisor = makeSupervisor({ instance: directory.path, clock, onFault: () => undefined });
  const adapter = makeScriptedAdapter({ sandbox: makePlainSandbox(process.env), clock });
  const deps = { adapter, supervisor, deadlineMs, environment: {}, newRun: () => 'model-1' };
  const model = makeAgentModel({ ...deps, directory: directory.path });
  const ask = (content: string, signal?: AbortSignal) =>
    complete(model, {
      messages: [{ role: 'user', content }],
      ...(signal === undefined ? {} : { signal }),
    });
  return { ask, left: () => readdir(directory.path) };
}

describe('an agent that is asked as a model', () => {
  it('answers with its last words and leaves no folder', async () => {
    const { ask, left } = await setUp();
    expect(await ask('[[say {"tasks": []}]] [[usage 12 3]]')).toMatchObject({
      content: '{"tasks": []}',
      usage: { inputTokens: 12, outputTokens: 3, isEstimated: false },
    });
    expect(await left()).toEqual([]);
  });

  it('that fails says so as a model would', async () => {
    const { ask } = await setUp();
    await expect(ask('[[fail it broke]]')).rejects.toMatchObject({
      name: 'ModelError',
      category: 'protocol',
    });
  });

  it('that asks a person is told no', async () => {
    const { ask } = await setUp();
    await expect(ask('[[ask May I? | yes | no]]')).rejects.toThrow('declined');
  });

  it('is ended when nobody waits any more, and after its time', async () => {
    const { ask, left } = await setUp();
    await expect(ask('[[hang]]', AbortSignal.timeout(300))).rejects.toMatchObject({ category: 'aborted' });
    expect(await left()).toEqual([]);
    const late = await setUp(400);
    await expect(late.ask('[[hang]]')).rejects.toMatchObject({ category: 'timeout' });
  });
});
