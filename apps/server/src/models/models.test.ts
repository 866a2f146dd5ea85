import { join } from 'node:path';
import { complete, type ModelSettings } from '@thalogos/smalltalk';
import { makeTemporaryDirectory, type ProviderScript, startScriptedProvider } from '@thalogos/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeScriptedAdapter } from '../agents/scripted/scripted-adapter.ts';
import { makeSupervisor } from '../agents/supervisor.ts';
import { systemClock } from '../platform/clock.ts';
import { openDatabase } from '../platform/database.ts';
import { MIGRATIONS } from '../platform/migrations/migrations.ts';
import { makePlainSandbox } from '../sandbox/contain.ts';
import { type AnswerLimits, makeModels, type Models } from './models.ts';
import { makeSpendingStore } from './spending-store.ts';

const USAGE = { input: 30, output: 20 };
const say =
  (text: string): ProviderScript =>
  () => ({ kind: 'stream', beats: [{ kind: 'text', text }], usage: USAGE });

interface Rig {
  readonly script?: ProviderScript;
  readonly tokensPerDay?: number | null;
  readonly limits?: Partial<AnswerLimits>;
  readonly now?: () => number;
}

const OWN = { provider: 'openai-compatible', model: 'own' };

async function setUp({ script, tokensPerDay = null, limits = {}, now }: Rig) {
  const directory = await makeTemporaryDirectory();
  const provider = script === undefined ? null : await startScriptedProvider(60_000, script);
  const db = openDatabase({
    file: join(directory.path, 'a.db'),
    durability: 'NORMAL',
    migrations: MIGRATIONS,
  });
  onTestFinished(async () => {
    db.close();
    await provider?.close();
    await directory[Symbol.asyncDispose]();
  });
  const settings: ModelSettings = {
    providers: provider === null ? {} : { 'openai-compatible': { baseURL: provider.url, apiKey: 'sk-own' } },
    target: { provider: 'openai', model: 'gpt-4o-mini' },
  };
  const clock = { ...systemClock, ...(now === undefined ? {} : { now }) };
  const scripted = makeScriptedAdapter({ sandbox: makePlainSandbox(process.env), clock: systemClock });
  const start = (): Models =>
    makeModels({
      named: provider === null ? null : OWN,
      ...{ tokensPerDay, settings, clock, limits },
      store: makeSpendingStore(db),
      listAgents: async () => [],
      adapters: [scripted],
      supervisor: makeSupervisor({ instance: directory.path, clock: systemClock, onFault: () => undefined }),
      directory: directory.path,
      environmentOf: () => ({}),
    });
  return { start, provider };
}

async function ask(models: Models, text = 'hello', signal?: AbortSignal) {
  const found = await models.find();
  if (found.name === null) throw new Error(found.because);
  const messages = [{ role: 'user' as const, content: text }];
  return complete(found.model, { messages, maxTokens: 50, ...(signal === undefined ? {} : { signal }) });
}

describe('a model behind an address', () => {
  it('answers, and what it took is counted across restarts', async () => {
    const { start } = await setUp({ script: say('Good day'), tokensPerDay: 1000 });
    expect(await ask(start())).toMatchObject({ content: 'Good day', target: OWN });
    expect(await start().describe()).toEqual({
      name: 'openai-compatible/own',
      because: 'named in THALOGOS_MODEL',
      tokensToday: 50,
      tokensPerDay: 1000,
    });
  });

  it('is asked no more once the day has had its tokens, and again on the next day', async () => {
    let now = Date.UTC(2026, 0, 1, 12);
    const { start, provider } = await setUp({
      script: say('Good day'),
      tokensPerDay: 100,
      now: () => now,
    });
    const models = start();
    await ask(models);
    await expect(ask(models)).rejects.toMatchObject({ category: 'budget-exhausted' });
    await expect(ask(start())).rejects.toMatchObject({ category: 'budget-exhausted' });
    expect(provider?.requests).toHaveLength(1);
    now += 24 * 3600 * 1000;
    expect(await ask(models)).toMatchObject({ content: 'Good day' });
  });

  it.each([
    [401, 'authentication', 1],
    [429, 'rate-limited', 2],
    [500, 'overloaded', 2],
  ])(
    'that answers %i fails as %s after %i questions, with no key in the words',
    async (status, category, times) => {
      const { start, provider } = await setUp({ script: () => ({ kind: 'http', status }) });
      const failed = await ask(start()).catch((error: unknown) => error);
      expect(failed).toMatchObject({ category, message: expect.not.stringContaining('sk-own') as string });
      expect(provider?.requests).toHaveLength(times);
    },
  );

  it('that hangs is left after its time', async () => {
    const script: ProviderScript = () => ({ kind: 'stream', beats: [{ kind: 'hang' }], usage: USAGE });
    const { start } = await setUp({ script, limits: { totalMs: 150 } });
    await expect(ask(start())).rejects.toMatchObject({ category: 'timeout' });
  });

  it('that never ends its answer is broken off', async () => {
    const { start } = await setUp({ script: say('word '.repeat(2000)), limits: { maxCharacters: 500 } });
    await expect(ask(start())).rejects.toMatchObject({ category: 'protocol' });
  });

  it('is left at once when nobody waits any more', async () => {
    const script: ProviderScript = () => ({ kind: 'stream', beats: [{ kind: 'hang' }], usage: USAGE });
    const { start } = await setUp({ script });
    const calling = new AbortController();
    setTimeout(() => calling.abort(), 50);
    await expect(ask(start(), 'hello', calling.signal)).rejects.toMatchObject({ category: 'aborted' });
  });
});

describe('no model', () => {
  it('is said with the way to get one', async () => {
    const { start } = await setUp({});
    expect(await start().find()).toMatchObject({ name: null });
    expect((await start().describe()).because).toContain('Set THALOGOS_MODEL');
  });
});
