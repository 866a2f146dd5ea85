import { join } from 'node:path';
import { SqliteEventLog } from '@thalogos/smalltalk';
import { makeTemporaryDirectory } from '@thalogos/testkit';
import { describe, expect, it } from 'vitest';
import type { AgentEvent } from '../agents/agent-adapter.ts';
import type { RunRequest, Supervisor } from '../agents/run-request.ts';
import { openDatabase } from '../platform/database.ts';
import { MIGRATIONS } from '../platform/migrations/migrations.ts';
import { makeRecorder } from '../platform/recorder.ts';
import { makeAccountLimits, waitAfter } from './account-limits.ts';
import { makeLimitStore } from './limit-store.ts';
import { watchLimits } from './watch-limits.ts';

const MINUTE = 60_000;
const ABOUT = { project: 'p-1', session: 's-1', task: 't-1' };
const tooMany = { message: 'too many requests', retryAfterMs: undefined, isEnd: true };

async function setUp() {
  const directory = await makeTemporaryDirectory();
  const db = openDatabase({
    file: join(directory.path, 'a.db'),
    durability: 'NORMAL',
    migrations: MIGRATIONS,
  });
  const log = new SqliteEventLog({ database: db });
  let now = 1000;
  const clock = { now: () => now, after: () => () => undefined };
  const recorder = makeRecorder({ db, log, clock, redactText: (text) => text });
  const make = () => makeAccountLimits({ store: makeLimitStore(db), recorder, clock });
  return {
    make,
    limits: make(),
    pass: (ms: number) => void (now += ms),
    topics: () =>
      db
        .prepare<[], { topic: string }>('SELECT topic FROM events ORDER BY seq')
        .all()
        .map(({ topic }) => topic),
    [Symbol.asyncDispose]: async () => {
      await log.close();
      db.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}

describe('the limit of an account', () => {
  it('is what its vendor says, else a minute that doubles each time in a row', () => {
    expect(waitAfter({ ...tooMany, retryAfterMs: 20_000 }, 5)).toBe(20_000);
    expect([0, 1, 2, 10].map((strikes) => waitAfter(tooMany, strikes))).toEqual([
      MINUTE,
      2 * MINUTE,
      4 * MINUTE,
      30 * MINUTE,
    ]);
  });

  it('holds until its time, over a restart, and for no other account', async () => {
    await using kept = await setUp();
    kept.limits.refused('openai', { ...tooMany, retryAfterMs: 20_000 }, ABOUT);
    const limit = { until: 21_000, reason: 'too many requests' };
    expect(kept.make().of('openai')).toEqual(limit);
    expect(kept.limits.of('anthropic')).toBe(null);
    kept.pass(20_000);
    expect(kept.limits.of('openai')).toBe(null);
  });

  it('is longer after each refusal until something is served again, each told by one event', async () => {
    await using kept = await setUp();
    kept.limits.refused('openai', tooMany, ABOUT);
    kept.pass(MINUTE);
    kept.limits.refused('openai', tooMany, ABOUT);
    expect(kept.limits.of('openai')?.until).toBe(1000 + MINUTE + 2 * MINUTE);
    kept.limits.served('openai', ABOUT);
    kept.limits.served('openai', ABOUT);
    expect(kept.limits.of('openai')).toBe(null);
    kept.limits.refused('openai', tooMany, ABOUT);
    expect(kept.limits.of('openai')?.until).toBe(1000 + MINUTE + MINUTE);
    expect(kept.topics()).toEqual(['account.limited', 'account.limited', 'account.freed', 'account.limited']);
  });

  it('is not shortened by an agent that tries again by itself', async () => {
    await using kept = await setUp();
    kept.limits.refused('openai', { ...tooMany, retryAfterMs: 10 * MINUTE }, ABOUT);
    kept.limits.refused('openai', { ...tooMany, isEnd: false }, ABOUT);
    expect(kept.limits.of('openai')?.until).toBe(1000 + 10 * MINUTE);
    expect(kept.topics()).toEqual(['account.limited']);
  });
});

describe('a watched supervisor', () => {
  const error = { class: 'rate-limit', message: 'slow down', retryable: true, retryAfterMs: 5000 } as const;
  const turnEnd: AgentEvent = { at: 0, turnId: 'r', type: 'turn.end', outcome: 'failed', error };

  it('keeps what a vendor refuses before whoever asked for the run hears of its end', async () => {
    await using kept = await setUp();
    const heard: unknown[] = [];
    const requests: RunRequest[] = [];
    const below = { startRun: (request: RunRequest) => void requests.push(request) } as unknown as Supervisor;
    const supervisor = watchLimits(below, kept.limits, () => ABOUT);
    const start = (id: string) =>
      supervisor.startRun({
        run: 'r-1',
        adapter: { id },
        onEvent: () => heard.push(kept.limits.of('openai')?.until ?? null),
      } as unknown as RunRequest);
    start('codex');
    requests[0]?.onEvent(turnEnd);
    expect(heard).toEqual([6000]);
    start('scripted');
    start('claude');
    requests[2]?.onEvent({ ...turnEnd, outcome: 'completed' });
    requests[0]?.onEvent({ at: 0, turnId: 'r', type: 'turn.end', outcome: 'completed' });
    expect(kept.limits.of('openai')).toBe(null);
    requests[1]?.onEvent(turnEnd);
    expect(kept.limits.of('openai')).toBe(null);
  });
});
