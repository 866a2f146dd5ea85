import { describe, expect, it } from 'vitest';
import { type AgentEvent, type AgentEventBody, AgentFault } from './agent-adapter.ts';
import { OpenRun } from './open-run.ts';
import { RUN_LIMITS } from './run-limits.ts';
import type { RunRequest } from './run-request.ts';
import { makeTestClock } from './test-clock.ts';
import { makePuppet, type PuppetOptions } from './test-puppet.ts';

type Changes = Partial<Pick<RunRequest, 'deadlineMs' | 'idleMs' | 'noticeMs' | 'askMs' | 'readFiles'>>;

/** `computes`: how many milliseconds its processes work from one look at them to the next. */
function startRun(options: PuppetOptions = {}, limits: Changes = {}, computes = 0) {
  let cpuMs = 0;
  const clock = makeTestClock();
  const puppet = makePuppet(options);
  const events: AgentEvent[] = [];
  const killed: string[] = [];
  const opened: string[] = [];
  const silences: string[] = [];
  const run = new OpenRun(
    {
      run: 'r-1',
      adapter: puppet.adapter,
      spec: { cwd: '/w', stateDir: '/s', policy: 'workspace', approvals: 'on-request', mcp: [], env: {} },
      input: [{ type: 'text', text: 'work' }],
      deadlineMs: Number.POSITIVE_INFINITY,
      idleMs: Number.POSITIVE_INFINITY,
      ...limits,
      onOpened: ({ nativeId }) => opened.push(nativeId),
      onEvent: (event) => events.push(event),
      onSilent: ({ grade }) => silences.push(grade),
      onHeard: () => silences.push('heard'),
    },
    {
      mark: 'test:run/r-1/',
      clock,
      limits: { ...RUN_LIMITS, outputCharacters: 100 },
      onFault: () => undefined,
      killMarked: async (mark) => killed.push(mark),
      readTimes: async () => ({ pids: [1], cpuMs: (cpuMs += computes) }),
    },
  );
  return { clock, puppet, events, killed, opened, silences, run };
}

const bodies = (events: readonly AgentEvent[]) => events.map(({ at: _at, turnId: _turnId, ...body }) => body);
const completed: AgentEventBody = { type: 'turn.end', outcome: 'completed', text: 'bye' };

describe('a run', () => {
  it('completes with the agent’s last words, closes it and kills what carries its mark', async () => {
    const { clock, puppet, killed, opened, run } = startRun();
    puppet.tell({ type: 'usage', turn: { input: 3, output: 4 } });
    puppet.tell(completed);
    await clock.pass(0);

    expect(await run.done).toEqual({
      kind: 'completed',
      text: 'bye',
      usage: { tokens: { input: 3, output: 4 }, usd: null },
      dropped: 0,
      nativeId: 'native-1',
    });
    expect(opened).toEqual(['native-1']);
    expect(puppet.asked).toEqual(['close']);
    expect(killed).toEqual(['test:run/r-1/']);
  });

  it('ends once, whatever comes after', async () => {
    const { clock, puppet, events, run } = startRun();
    puppet.tell(completed);
    puppet.tell({ type: 'notice', text: 'late' });
    puppet.tell({ type: 'turn.end', outcome: 'failed' });
    await clock.pass(0);

    expect((await run.done).kind).toBe('completed');
    expect(bodies(events)).toEqual([completed]);
    expect(await run.steer([])).toBe('ended');
    expect(await run.answer('x', { decision: 'allow' })).toBe('ended');
  });

  it('puts pieces of the same text together for 50 ms, and loses none of their order', async () => {
    const { clock, puppet, events, run } = startRun();
    await clock.pass(0);
    puppet.tell({ type: 'text', itemId: 'a', delta: 'one ' });
    puppet.tell({ type: 'text', itemId: 'a', delta: 'two' });
    await clock.pass(49);
    expect(events).toEqual([]);
    await clock.pass(1);
    puppet.tell({ type: 'text', itemId: 'a', delta: ' three' });
    puppet.tell({ type: 'notice', text: 'now' });
    puppet.tell({ type: 'text', itemId: 'a', delta: 'four' });
    puppet.tell(completed);
    await clock.pass(0);
    await run.done;

    expect(bodies(events)).toEqual([
      { type: 'text', itemId: 'a', delta: 'one two' },
      { type: 'text', itemId: 'a', delta: ' three' },
      { type: 'notice', text: 'now' },
      { type: 'text', itemId: 'a', delta: 'four' },
      completed,
    ]);
  });

  it('drops and counts output over its share, but never a fact', async () => {
    const { clock, puppet, events, run } = startRun();
    const tool = { type: 'tool', itemId: 'c', kind: 'command', title: 'x' } as const;
    puppet.tell({ ...tool, phase: 'output', output: 'x'.repeat(150) });
    puppet.tell({ ...tool, phase: 'output', output: 'y' });
    puppet.tell({ ...tool, phase: 'ended', status: 'ok', output: 'z' });
    puppet.tell(completed);
    await clock.pass(0);

    expect((await run.done).dropped).toBe(52);
    expect(bodies(events)).toEqual([
      { ...tool, phase: 'output', output: 'x'.repeat(100) },
      { ...tool, phase: 'ended', status: 'ok', output: '' },
      completed,
    ]);
  });

  it('is stopped by the protocol where the agent heeds it', async () => {
    const { clock, puppet, run } = startRun({ heedsInterrupt: true });
    await clock.pass(0);
    const stopped = run.stop();
    await clock.pass(0);

    expect(await stopped).toMatchObject({ kind: 'cancelled' });
    expect(puppet.asked).toEqual(['interrupt', 'close']);
  });

  it('is closed, and then killed by its mark, where the agent heeds nothing', async () => {
    const { clock, puppet, killed, run } = startRun({ staysOpen: true });
    await clock.pass(0);
    const stopped = run.stop();
    await clock.pass(60_000);

    expect(await stopped).toMatchObject({ kind: 'cancelled' });
    expect(puppet.asked).toEqual(['interrupt', 'close', 'close']);
    expect(killed.length).toBeGreaterThan(0);
  });

  it('is stopped while it is still opening', async () => {
    const { clock, puppet, run } = startRun({ opensLate: true });
    const stopped = run.stop();
    await clock.pass(10);
    puppet.open();
    await clock.pass(60_000);

    expect(await stopped).toMatchObject({ kind: 'cancelled' });
    expect(puppet.asked).toContain('close');
  });

  it('times out when it takes too long, and when it is silent for too long', async () => {
    const long = startRun({ heedsInterrupt: true }, { deadlineMs: 1000 });
    const silent = startRun({ heedsInterrupt: true }, { idleMs: 1000 });
    for (const { clock, puppet } of [long, silent]) {
      await clock.pass(900);
      puppet.tell({ type: 'notice', text: 'alive' });
      await clock.pass(900);
      await clock.pass(100);
    }

    expect(await long.run.done).toMatchObject({ kind: 'timeout', limit: 'wall' });
    expect(await silent.run.done).toMatchObject({ kind: 'timeout', limit: 'idle' });
  });

  const graded = { noticeMs: 600_000, askMs: 1_200_000, idleMs: 1_800_000 };

  it('is told to be silent, then asked about, then ended, and is heard of again by a person who bears with it', async () => {
    const { clock, run, silences } = startRun({ heedsInterrupt: true }, graded);
    await clock.pass(1_300_000);
    run.bear();
    await clock.pass(1_790_000);
    expect(silences).toEqual(['noticed', 'asked', 'heard', 'noticed', 'asked']);
    await clock.pass(10_000);
    expect(await run.done).toMatchObject({ kind: 'timeout', limit: 'idle' });
  });

  it('is not silent while its processes compute or its files change', async () => {
    let writes = 0;
    const busy = startRun({}, graded, 1000);
    const writing = startRun({}, { ...graded, readFiles: async () => `file ${(writes += 1)}` });
    for (const { clock, run, silences, puppet } of [busy, writing]) {
      await clock.pass(7_200_000);
      expect(silences).toEqual([]);
      puppet.tell(completed);
      await clock.pass(0);
      expect((await run.done).kind).toBe('completed');
    }
  });

  it('that is known to be lost ends as a crash at once, with what carries its mark', async () => {
    const { clock, run, killed } = startRun();
    await clock.pass(1000);
    run.lose('Its process is gone');
    await clock.pass(0);
    expect(killed).toEqual(['test:run/r-1/']);
    await clock.pass(5000);
    expect(await run.done).toMatchObject({ kind: 'crashed', error: { message: 'Its process is gone' } });
  });

  it('has all the time in the world while it waits for a person', async () => {
    const { clock, puppet, run } = startRun({ heedsInterrupt: true }, { deadlineMs: 1000, idleMs: 1000 });
    await clock.pass(500);
    puppet.tell({ type: 'question', requestId: 'q', question: 'Which?', options: [] });
    await clock.pass(1_000_000);
    expect(puppet.asked).toEqual([]);

    expect(await run.answer('q', { decision: 'allow', note: 'left' })).toBe('answered');
    await clock.pass(499);
    expect(puppet.asked).toEqual(['answer q allow']);
    await clock.pass(1);
    expect(await run.done).toMatchObject({ kind: 'timeout', limit: 'wall' });
  });

  it.each([
    ['auth', 'auth'],
    ['rate-limit', 'rate-limited'],
    ['crash', 'crashed'],
    ['network', 'failed'],
  ] as const)('that failed for %s ends %s', async (errorClass, kind) => {
    const { clock, puppet, run } = startRun();
    const error = { class: errorClass, message: 'no', retryable: false };
    puppet.tell({ type: 'turn.end', outcome: 'failed', error });
    await clock.pass(0);
    expect(await run.done).toMatchObject({ kind, error });
  });

  it('that can not be opened says why', async () => {
    const refused = new AgentFault({ class: 'auth', message: 'sign in first', retryable: false });
    const broken = new Error('Could not start codex', { cause: new Error('ENOENT') });
    const [auth, other] = [startRun({ openError: refused }), startRun({ openError: broken })];
    for (const { clock } of [auth, other]) await clock.pass(0);

    expect(await auth.run.done).toMatchObject({ kind: 'auth', nativeId: null });
    expect(await other.run.done).toMatchObject({
      kind: 'failed',
      error: { class: 'other', message: 'Could not start codex: ENOENT' },
    });
  });

  it('is cancelled by the answer "abort"', async () => {
    const { clock, puppet, run } = startRun({ heedsInterrupt: true });
    await clock.pass(0);
    expect(await run.answer('q', { decision: 'abort' })).toBe('answered');
    await clock.pass(0);
    expect(await run.done).toMatchObject({ kind: 'cancelled' });
    expect(puppet.asked).toEqual(['answer q abort', 'interrupt', 'close']);
  });

  it('says that an agent can not be steered', async () => {
    const { clock, puppet, run } = startRun();
    await clock.pass(0);
    expect(await run.steer([{ type: 'text', text: 'left' }])).toBe('unsupported');
    puppet.tell(completed);
    await clock.pass(0);
    await run.done;
  });
});
