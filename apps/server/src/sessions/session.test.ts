import { SessionState } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import {
  evolveSession,
  SESSION_MOVES,
  type SessionFact,
  type SessionLifecycle,
  type SessionRecord,
} from './session.ts';

const DRAFT: SessionRecord = {
  id: 's-1',
  project: 'p-1',
  title: 'Session 1',
  createdAt: 0,
  state: { kind: 'draft' },
};

function given(...facts: readonly SessionFact[]): SessionRecord {
  return facts.reduce((session, fact) => evolveSession(session, fact) ?? session, DRAFT);
}

describe('a session', () => {
  it('becomes active when its first plan is accepted', () => {
    expect(given({ type: 'plan-accepted' }).state).toEqual({ kind: 'active' });
  });

  it('awaits a person after a Save that got stuck, and goes on when that is settled', () => {
    const stuck = given({ type: 'plan-accepted' }, { type: 'save-stuck', reason: 'conflict' });
    expect(stuck.state).toEqual({ kind: 'awaiting_review', reason: 'conflict' });
    expect(evolveSession(stuck, { type: 'settled' })?.state).toEqual({ kind: 'active' });
  });

  it('is never finalized by a Save, only by being closed', () => {
    expect(given({ type: 'plan-accepted' }, { type: 'settled' }).state).toEqual({ kind: 'active' });
    expect(given({ type: 'plan-accepted' }, { type: 'closed' }).state).toEqual({ kind: 'finalized' });
  });

  it('makes exactly the moves of its table and passes over every other fact', () => {
    const facts: readonly SessionFact[] = [
      { type: 'plan-accepted' },
      { type: 'save-stuck', reason: 'x' },
      { type: 'settled' },
      { type: 'suspended', reason: 'x' },
      { type: 'resumed' },
      { type: 'closed' },
    ];
    for (const from of SessionState.options) {
      const reached = facts.flatMap(
        (fact) => evolveSession({ ...DRAFT, state: stateOf(from) }, fact)?.state.kind ?? [],
      );
      expect([...new Set(reached)].toSorted()).toEqual(SESSION_MOVES[from].toSorted());
    }
  });
});

function stateOf(kind: SessionState): SessionLifecycle {
  return kind === 'awaiting_review' || kind === 'suspended' ? { kind, reason: 'x' } : { kind };
}
