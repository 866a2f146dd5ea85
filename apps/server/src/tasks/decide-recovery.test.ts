import { describe, expect, it } from 'vitest';
import { decideRecovery, type Failure } from './decide-recovery.ts';
import { makeTaskRecord } from './test-task.ts';

const CRASH: Failure = { class: 'crash', message: 'died with signal 9', retryable: true };
const DIED = 'crash: died with signal #';

function decide(
  failure: Partial<Failure>,
  ground: { failures?: object; attempts?: number; others?: string[] } = {},
) {
  const { failures = {}, attempts = 2, others = ['claude', 'gemini'] } = ground;
  const task = makeTaskRecord({ agent: 'codex', failures: { count: 0, fingerprint: null, ...failures } });
  return decideRecovery(task, { ...CRASH, ...failure }, { attempts, others, now: 1000 });
}

const AGAIN = { kind: 'again', notBefore: null };

describe('after a failure', () => {
  it('its agent goes on once where the failure may not happen again', () => {
    expect(decide({})).toEqual(AGAIN);
  });

  it('the next agent takes over once its own attempts are used up', () => {
    expect(decide({}, { failures: { count: 1, fingerprint: 'network: cut off' } })).toEqual({
      kind: 'hand-over',
      to: 'claude',
    });
  });

  it('the same failure twice running goes to the next step, however many attempts are left', () => {
    const failures = { count: 1, fingerprint: DIED };
    expect(decide({}, { failures, attempts: 9 })).toEqual({ kind: 'hand-over', to: 'claude' });
    // The next agent fails in the very same way: one more of it proves nothing.
    const handedOver = { count: 0, fingerprint: DIED, tried: ['codex'] };
    expect(decide({}, { failures: handedOver, attempts: 9, others: [] })).toEqual({
      kind: 'ask',
      others: [],
    });
  });

  it('a person decides when nobody is left to take over', () => {
    const failures = { count: 1, fingerprint: DIED };
    expect(decide({}, { failures, others: [] })).toEqual({ kind: 'ask', others: [] });
  });

  it('of a sign-in the same vendor is never tried again, but another one is', () => {
    const unknown = { class: 'auth', message: '401', retryable: true };
    expect(decide(unknown, { attempts: 9 })).toEqual({ kind: 'hand-over', to: 'claude' });
    expect(decide(unknown, { attempts: 9, others: [] })).toEqual({ kind: 'ask', others: [] });
  });

  it('of the task, its place or ours nothing is tried that could not help', () => {
    for (const name of ['bad-request', 'context', 'sandbox', 'other'])
      expect(decide({ class: name, retryable: false }, { attempts: 9 })).toEqual({ kind: 'rest' });
    expect(decide({ class: 'other', retryable: true })).toEqual(AGAIN);
  });
});

describe('a vendor that asks to wait', () => {
  const limited = { class: 'rate-limit', message: '429', retryable: true };

  it('is given the time it asks for, and a minute where it says nothing', () => {
    expect(decide({ ...limited, retryAfterMs: 7000 })).toEqual({ kind: 'again', notBefore: 8000 });
    expect(decide(limited)).toEqual({ kind: 'again', notBefore: 61_000 });
  });

  it('may ask three times, for an hour at most; then another agent goes on', () => {
    expect(decide(limited, { failures: { waits: 2 } })).toMatchObject({ kind: 'again' });
    expect(decide(limited, { failures: { waits: 3 } })).toEqual({ kind: 'hand-over', to: 'claude' });
    expect(decide({ ...limited, retryAfterMs: 3_600_001 })).toEqual({ kind: 'hand-over', to: 'claude' });
    expect(decide(limited, { failures: { waits: 3 }, others: [] })).toEqual({ kind: 'ask', others: [] });
  });
});

describe('a run that was ended by a limit', () => {
  const ended = { class: 'timeout', message: 'took too long', retryable: true };

  it('is a matter for a person at once where its agent was silent', () => {
    expect(decide({ ...ended, limit: 'idle' }, { attempts: 9 })).toEqual({
      kind: 'ask',
      others: ['claude', 'gemini'],
    });
  });

  it('goes on once where it took too long, and is then a matter for a person', () => {
    expect(decide({ ...ended, limit: 'wall' })).toEqual(AGAIN);
    const failures = { count: 1, fingerprint: 'timeout: took too long' };
    expect(decide({ ...ended, limit: 'wall' }, { failures })).toMatchObject({ kind: 'ask' });
  });
});
