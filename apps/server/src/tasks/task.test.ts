import { TaskState } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { fingerprint } from './evolve-failures.ts';
import { evolve, ImpossibleMove, TASK_MOVES, type TaskFact, type TaskRecord } from './task.ts';
import { makeTaskRecord } from './test-task.ts';

const OID = 'a'.repeat(40);
const WORK = { result: OID, tree: OID, files: { changed: 1, added: 2, removed: 0 } };
const APPROVAL = { by: 'Mara', result: OID, tree: OID, at: 5 };

const QUEUED: TaskFact = { type: 'task.queued', reason: null };
const STARTED: TaskFact = { type: 'task.started', run: 'r-1', base: OID };
const FINISHED: TaskFact = { type: 'task.finished', work: WORK };
const APPROVED: TaskFact = { type: 'task.approved', approval: APPROVAL };

function given(...facts: readonly TaskFact[]): TaskRecord {
  return facts.reduce((task, fact, index) => evolve(task, fact, index + 1), makeTaskRecord());
}

describe('a task', () => {
  it('goes from its plan to a checkpoint', () => {
    const task = given(QUEUED, STARTED, FINISHED, APPROVED, {
      type: 'task.saved',
      save: 'v-1',
      tag: 'checkpoint/x',
    });
    expect(task.state).toEqual({ kind: 'saved', save: 'v-1', tag: 'checkpoint/x', approval: APPROVAL });
    expect(task).toMatchObject({ runs: 1, run: 'r-1', base: OID, work: WORK, since: 5 });
  });

  it('waits for a person and goes on with the same run', () => {
    const waiting = given(QUEUED, STARTED, { type: 'task.waiting', decision: 'd-1' });
    expect(waiting.state).toEqual({ kind: 'waiting', run: 'r-1', decision: 'd-1' });
    expect(evolve(waiting, { type: 'task.continued', run: 'r-1' }, 9).state).toEqual({
      kind: 'running',
      run: 'r-1',
    });
  });

  it('keeps the reason of a rejection for its next turn, and forgets it once that has begun', () => {
    const sentBack = given(
      QUEUED,
      STARTED,
      FINISHED,
      { type: 'task.rejected', because: 'too long' },
      { ...QUEUED, nextInput: 'too long' },
    );
    expect(sentBack.nextInput).toBe('too long');
    expect(evolve(sentBack, STARTED, 9).nextInput).toBeNull();
  });

  it('counts failures and forgets them once a turn has ended well', () => {
    const failed = given(QUEUED, STARTED, {
      type: 'task.failed',
      error: { class: 'crash', message: 'died after 12 s' },
    });
    expect(failed.failures).toEqual({ count: 1, fingerprint: 'crash: died after # s' });
    const mended = [QUEUED, STARTED, FINISHED].reduce((task, fact) => evolve(task, fact, 9), failed);
    expect(mended.failures).toEqual({ count: 0, fingerprint: null });
  });

  it('that is handed over goes to another agent with what the first one left, and remembers who had it', () => {
    const error = { class: 'crash', message: 'died' };
    const to = { from: 'scripted', to: 'claude', why: 'it died twice', note: 'what it left' };
    const task = given(QUEUED, STARTED, { type: 'task.failed', error }, { type: 'task.handed-over', ...to });
    expect(task).toMatchObject({ agent: 'claude', nativeId: null, handOff: 'what it left' });
    expect(task.failures).toEqual({ count: 0, fingerprint: 'crash: died', tried: ['scripted'] });
  });

  it('that goes on after a failure is asked the same again, until its turn has ended', () => {
    const asked = given({ ...QUEUED, nextInput: 'shorter, please' }, STARTED);
    const again = [{ type: 'task.stopped' } as const, QUEUED, STARTED].reduce(
      (task, fact) => evolve(task, fact, 9),
      asked,
    );
    expect([asked.asked, again.asked, evolve(again, FINISHED, 9).asked]).toEqual([
      'shorter, please',
      'shorter, please',
      null,
    ]);
  });

  it('counts no failure while a vendor asks to wait, but how often it does', () => {
    const limited: TaskFact = { type: 'task.failed', error: { class: 'rate-limit', message: '429' } };
    const task = given(QUEUED, STARTED, limited, { ...QUEUED, notBefore: 70_000 }, STARTED, limited);
    expect(task.failures).toEqual({ count: 0, fingerprint: null, waits: 2 });
  });

  it('loses the native session of an agent that it is taken from', () => {
    const task = { ...makeTaskRecord(), nativeId: 'thread-1' };
    expect(evolve(task, { type: 'task.assigned', agent: 'claude' }, 1)).toMatchObject({
      agent: 'claude',
      nativeId: null,
    });
  });

  it('refuses by name every move that is not in the table', () => {
    const facts: readonly TaskFact[] = [
      QUEUED,
      STARTED,
      FINISHED,
      { type: 'task.stopped' },
      { type: 'task.interrupted', why: 'x' },
    ];
    const targets = {
      'task.queued': 'queued',
      'task.started': 'running',
      'task.finished': 'review',
      'task.stopped': 'stopped',
      'task.interrupted': 'interrupted',
    };
    for (const from of TaskState.options) {
      const task = { ...makeTaskRecord(), state: lifecycleOf(from) };
      for (const fact of facts) {
        const to = targets[fact.type as keyof typeof targets] as TaskState;
        const move = () => evolve(task, fact, 1);
        if (TASK_MOVES[from].includes(to)) expect(move().state.kind).toBe(to);
        else expect(move).toThrow(ImpossibleMove);
      }
    }
  });

  it('has no way out of saved and cancelled', () => {
    expect([TASK_MOVES.saved, TASK_MOVES.cancelled]).toEqual([[], []]);
  });
});

describe('a fingerprint', () => {
  it('is the same for failures that differ in numbers alone', () => {
    expect(fingerprint({ class: 'crash', message: 'pid 12' })).toBe(
      fingerprint({ class: 'crash', message: 'pid 99' }),
    );
  });
});

function lifecycleOf(kind: TaskState): TaskRecord['state'] {
  const data = {
    run: 'r-1',
    decision: 'd-1',
    on: [],
    reason: 'x',
    why: 'x',
    error: { class: 'x', message: 'x' },
    approval: APPROVAL,
    because: 'x',
    save: 'v-1',
    tag: 'x',
  };
  return { kind, ...data };
}
