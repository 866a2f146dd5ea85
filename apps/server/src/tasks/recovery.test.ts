import { describe, expect, it } from 'vitest';
import { type AgentError, type AgentEventBody, AgentFault } from '../agents/agent-adapter.ts';
import { makeTestRuns, type Turn } from './test-runs.ts';

const failing = (error: Partial<AgentError>, words?: string): Turn => {
  const end: AgentEventBody = {
    ...{ type: 'turn.end', outcome: 'failed' },
    error: { class: 'crash', message: 'died of signal 9', retryable: true, ...error },
    ...(words === undefined ? {} : { text: words }),
  };
  return () => [end];
};
const done: Turn = () => [{ type: 'turn.end', outcome: 'completed', text: 'done' }];
const silent: Turn = () => [];
const MINUTE = 60_000;

describe('a task whose agent fails', () => {
  it('is taken up again in the agent’s own session', async () => {
    await using runs = await makeTestRuns({ codex: [failing({}), done] });
    runs.start();
    await runs.until(() => runs.task().state.kind === 'review');
    expect(runs.told.map(({ resume }) => resume)).toEqual([null, 'codex-session-1']);
    expect(runs.ended.map(({ end, recovery }) => [end, recovery])).toEqual([
      ['crashed', 'again'],
      ['completed', null],
    ]);
    expect(runs.faults).toEqual([]);
  });

  it('goes to another agent, with what the first one left, when it fails in the same way twice', async () => {
    await using runs = await makeTestRuns({
      codex: [
        failing({ message: 'died in process 12' }),
        failing({ message: 'died in process 99' }, 'Half done.'),
      ],
      claude: [done],
    });
    runs.start();
    await runs.until(() => runs.task().state.kind === 'review');
    const [, , last] = runs.told;
    expect(runs.told.map(({ agent }) => agent)).toEqual(['codex', 'codex', 'claude']);
    expect(last).toMatchObject({ resume: null });
    expect(last?.text).toMatch(/^do it\n\nAnother agent \(codex\) worked on this before you/);
    expect(last?.text).toContain('because: died in process 99');
    expect(last?.text).toContain('Its last words:\nHalf done.');
    expect(last?.text).toContain('+half of it');
    expect(runs.events).toContainEqual(
      expect.objectContaining({
        type: 'task.handed-over',
        data: expect.objectContaining({ from: 'codex', to: 'claude' }) as unknown,
      }),
    );
    expect(runs.asked).toEqual([]);
  });

  it('waits for a person when nobody is left, and the failure and the question are one transaction', async () => {
    await using runs = await makeTestRuns({ codex: [failing({}), failing({})], claude: [failing({})] });
    runs.start();
    await runs.until(() => runs.asked.length === 1);
    expect(runs.task()).toMatchObject({ state: { kind: 'failed' }, agent: 'claude', runs: 3 });
    expect(runs.asked[0]).toMatchObject({
      kind: 'failure',
      options: [{ id: 'again' }, { id: 'leave' }],
    });
    for (const written of runs.transactions.filter((types) => types.includes('task.failed'))) {
      expect(written[0]).toBe('run.ended');
      const isAnswered = written.includes('task.queued') || written === runs.transactions.at(-1);
      expect(isAnswered).toBe(true);
    }
  });

  it('never tries a refused sign-in again with the same agent', async () => {
    const refused = failing({ class: 'auth', message: '401', retryable: false });
    await using runs = await makeTestRuns({ codex: [refused], gemini: [refused], claude: [done] });
    runs.start();
    await runs.until(() => runs.task().state.kind === 'review');
    expect(runs.told.map(({ agent }) => agent)).toEqual(['codex', 'gemini', 'claude']);
  });

  it('waits as long as its vendor asks, and not a moment less', async () => {
    const limited = failing({ class: 'rate-limit', message: '429', retryAfterMs: 90_000 });
    await using runs = await makeTestRuns({ codex: [limited, done], claude: [] });
    runs.start();
    await runs.until(() => runs.task().state.kind === 'queued' && runs.ended.length === 1);
    await runs.until(() => runs.events.some(({ type }) => type === 'task.held'));
    await runs.clock.pass(89_000);
    expect(runs.told).toHaveLength(1);
    await runs.clock.pass(1000);
    await runs.until(() => runs.task().state.kind === 'review');
    expect(runs.told.map(({ agent }) => agent)).toEqual(['codex', 'codex']);
    expect(runs.task().failures).toEqual({ count: 0, fingerprint: null });
  });

  it('begins a new session where its agent does not know the old one any more', async () => {
    const forgot: Turn = ({ resume }) => {
      if (resume === undefined) return done({} as never);
      throw new AgentFault({ class: 'bad-request', message: 'no such session', retryable: false });
    };
    await using runs = await makeTestRuns({ codex: [forgot, forgot] });
    runs.start({ nativeId: 'old', runs: 1 });
    await runs.until(() => runs.task().state.kind === 'review');
    expect(runs.ended.map(({ end }) => end)).toEqual(['completed']);
    expect(runs.task().nativeId).toBe('codex-session-1');
  });
});

describe('what a person decides about a failure', () => {
  const fail = async () => {
    const runs = await makeTestRuns({ codex: [silent, done], claude: [done] });
    runs.start();
    await runs.until(() => runs.told.length === 1);
    await runs.clock.pass(30 * MINUTE);
    await runs.until(() => runs.asked.length === 2);
    return runs;
  };

  it('lets its agent go on in its own session', async () => {
    await using runs = await fail();
    await runs.decide('again');
    await runs.until(() => runs.task().state.kind === 'review');
    expect(runs.told.map(({ agent, resume }) => [agent, resume])).toEqual([
      ['codex', null],
      ['codex', 'codex-session-1'],
    ]);
  });

  it('hands it to another agent, with what the first one left', async () => {
    await using runs = await fail();
    await runs.decide('hand:claude');
    await runs.until(() => runs.task().state.kind === 'review');
    expect(runs.task().agent).toBe('claude');
    expect(runs.told.at(-1)).toMatchObject({ agent: 'claude', resume: null });
    expect(runs.told.at(-1)?.text).toContain('because: The agent was silent for longer than it may be');
  });

  it('leaves it where it is', async () => {
    await using runs = await fail();
    await runs.decide('leave');
    await runs.clock.pass(MINUTE);
    expect([runs.task().state.kind, runs.told.length]).toEqual(['failed', 1]);
  });
});

describe('a task whose agent is silent', () => {
  const start = async (more: Turn = silent) => {
    const runs = await makeTestRuns({ codex: [more], claude: [done] });
    runs.start();
    await runs.until(() => runs.told.length === 1);
    return runs;
  };

  it('says so after ten minutes, asks agent and person after twenty, rests with a question after thirty', async () => {
    await using runs = await start();
    await runs.clock.pass(10 * MINUTE);
    expect(runs.task().silence).toMatchObject({ grade: 'noticed' });
    expect([runs.asked.length, runs.steered.length]).toEqual([0, 0]);
    await runs.clock.pass(10 * MINUTE);
    expect(runs.task().silence).toMatchObject({ grade: 'asked' });
    expect(runs.asked).toMatchObject([{ kind: 'silence', options: [{ id: 'wait' }, { id: 'restart' }] }]);
    expect(runs.steered[0]).toContain('Are you still at work?');
    await runs.clock.pass(10 * MINUTE);
    await runs.until(() => runs.task().state.kind === 'failed');
    expect(runs.asked[1]).toMatchObject({
      kind: 'failure',
      options: [{ id: 'again' }, { id: 'hand:claude' }, { id: 'leave' }],
    });
    expect(runs.told).toHaveLength(1);
  });

  it('is left in peace when a person bears with it, and the question is taken back', async () => {
    await using runs = await start();
    await runs.clock.pass(25 * MINUTE);
    runs.dispatcher.openRuns()[0]?.bear();
    expect([runs.task().silence, runs.withdrawn]).toEqual([null, ['d-1']]);
    await runs.clock.pass(9 * MINUTE);
    expect(runs.task().state.kind).toBe('running');
  });

  it('is ended and taken up again where a person will not wait', async () => {
    await using runs = await makeTestRuns({ codex: [silent, done] });
    runs.start();
    await runs.until(() => runs.told.length === 1);
    await runs.clock.pass(20 * MINUTE);
    const restarted = runs.decide('restart');
    await runs.clock.pass(MINUTE);
    await restarted;
    await runs.until(() => runs.task().state.kind === 'review');
    expect(runs.told.map(({ resume }) => resume)).toEqual([null, 'codex-session-1']);
  });

  it('is not silent while it waits for leave, however long nobody gives it', async () => {
    await using runs = await start(() => [
      { type: 'approval', requestId: 'q', itemId: 'i', kind: 'command', title: 'make', detail: null },
    ]);
    await runs.until(() => runs.task().state.kind === 'waiting');
    await runs.clock.pass(600 * MINUTE);
    expect([runs.task().state.kind, runs.asked.length]).toEqual(['waiting', 1]);
  });
});
