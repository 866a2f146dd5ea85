import { join } from 'node:path';
import { SqliteEventLog } from '@thalogos/smalltalk';
import { makeTemporaryDirectory } from '@thalogos/testkit';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../platform/database.ts';
import { MIGRATIONS } from '../platform/migrations/migrations.ts';
import { makeRecorder } from '../platform/recorder.ts';
import { makeAccountLimits } from './account-limits.ts';
import { makeLimitStore } from './limit-store.ts';
import { makeScheduler } from './scheduler.ts';
import type { PastRun } from './usage.ts';

const MARA = { name: 'Mara', role: 'admin' } as const;
const NOW = 10 ** 9;
const found = ['codex', 'claude', 'scripted'].map((name) => ({
  name,
  installed: true,
  signedIn: true,
  healthy: true,
}));
const run = (more: Partial<PastRun>): PastRun => ({
  ...{ agent: 'codex', project: 'p-1', startedAt: NOW - 30_000, endedAt: NOW - 10_000 },
  ...{ end: 'completed', cost: { tokens: 5000, usd: 1 } },
  ...more,
});

async function setUp(runs: readonly PastRun[] = []) {
  const directory = await makeTemporaryDirectory();
  const file = join(directory.path, 'a.db');
  const db = openDatabase({ file, durability: 'NORMAL', migrations: MIGRATIONS });
  const log = new SqliteEventLog({ database: db });
  const clock = { now: () => NOW, after: () => () => undefined };
  const recorder = makeRecorder({ db, log, clock, redactText: (text) => text });
  const store = makeLimitStore(db);
  const limits = makeAccountLimits({ store, recorder, clock });
  const scheduler = makeScheduler({
    ...{ store, limits, recorder, clock, agentNames: found.map(({ name }) => name) },
    runsSince: () => runs,
    lastRuns: (agent) => runs.filter((one) => one.agent === agent),
    loadOf: () => ({ running: 0, queued: 0 }),
  });
  scheduler.seen('p-1', { found, agents: {} });
  return {
    scheduler,
    limits,
    [Symbol.asyncDispose]: async () => {
      await log.close();
      db.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}

const work = (text: string, role: string | null = null) => ({ text, role });

describe('scheduling', () => {
  it('chooses an agent that the project keeps for some roles for those alone, and gives it to whoever names it', async () => {
    await using made = await setUp();
    made.scheduler.seen('p-1', { found, agents: { codex: { roles: ['qa'] } } });
    const choose = (role: string | null, asked: string | null = null) =>
      made.scheduler.choose('p-1', work('Fix the API', role), asked);
    expect(choose(null).candidates).toContainEqual({
      agent: 'codex',
      score: 0,
      reasoning: 'kept for the roles qa by the project file',
    });
    expect(choose('docs').agent).toBe('claude');
    expect(made.scheduler.rank('p-1', work('Fix the API', 'qa'))).toContain('codex');
    expect(choose(null, 'codex').agent).toBe('codex');
  });

  it('says that others are kept for other roles where only the last resort is left', async () => {
    await using made = await setUp();
    made.scheduler.seen('p-1', { found, agents: { codex: { roles: ['qa'] }, claude: { roles: ['qa'] } } });
    expect(made.scheduler.choose('p-1', work('Fix the API'), null)).toMatchObject({
      agent: 'scripted',
      reasoning: 'no other agent can be given it: the project file keeps codex, claude for other roles',
    });
  });

  it('shares the tasks of one plan out among agents that suit them alike', async () => {
    await using made = await setUp();
    const chosen = ['one', 'two', 'three', 'four'].map(
      (text) => made.scheduler.choose('p-1', work(`Do ${text}`), null).agent,
    );
    expect(new Set(chosen)).toEqual(new Set(['codex', 'claude']));
  });

  it('chooses nobody who is switched off, until a person switches it on', async () => {
    await using made = await setUp();
    const ask = () => {
      made.scheduler.seen('p-1', { found, agents: {} });
      return made.scheduler.choose('p-1', work('Fix the API'), null);
    };
    made.scheduler.switchAgent('codex', false, MARA);
    expect(ask().candidates).toContainEqual({ agent: 'codex', score: 0, reasoning: 'switched off' });
    expect(made.scheduler.hindrance({ agent: 'codex', project: 'p-1' }, { agents: {}, limits: {} })).toEqual({
      why: 'codex is switched off',
      until: null,
      isOfAgent: true,
    });
    made.scheduler.switchAgent('codex', true, MARA);
    expect(ask().agent).toBe('codex');
    expect(() => made.scheduler.switchAgent('nobody', false, MARA)).toThrow('There is no agent nobody');
  });

  it('holds back every agent of an account that its vendor has limited, and no other', async () => {
    await using made = await setUp();
    const about = { project: 'p-1', session: 's-1', task: 't-1' };
    made.limits.refused('openai', { message: 'slow down', retryAfterMs: 5000, isEnd: true }, about);
    const hindrance = (agent: string) =>
      made.scheduler.hindrance({ agent, project: 'p-1' }, { agents: {}, limits: {} });
    expect(hindrance('codex')).toEqual({
      why: "codex is at its vendor's limit: slow down",
      until: NOW + 5000,
      isOfAgent: true,
    });
    expect(hindrance('claude')).toBe(null);
  });

  it('counts an account over all projects, and a budget over its project alone', async () => {
    await using made = await setUp([run({ project: 'p-2' }), run({ project: 'p-2' })]);
    const codex = { agent: 'codex', project: 'p-1' };
    const limits = { requestsPerMinute: 2 };
    expect(made.scheduler.hindrance(codex, { agents: {}, limits })).toBe(null);
    expect(made.scheduler.hindrance(codex, { agents: { codex: limits }, limits: {} })).toMatchObject({
      why: 'codex has used the 2 turns a minute that its account takes',
    });
  });

  it('says how an agent has done and what it used', async () => {
    const runs = [
      run({}),
      run({ end: 'failed', cost: null }),
      run({ end: 'cancelled' }),
      run({ end: 'rate-limited', cost: null }),
    ];
    await using made = await setUp(runs);
    expect(made.scheduler.standing('codex')).toMatchObject({
      account: 'openai',
      history: { runs: 2, completed: 1, rate: 0.5 },
      cost: { tokens: 10_000, usd: 2 },
    });
    expect(made.scheduler.standing('scripted')).toMatchObject({
      account: null,
      history: { runs: 0, rate: null },
    });
  });
});
