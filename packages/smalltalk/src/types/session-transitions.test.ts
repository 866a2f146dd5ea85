import { expect, it } from 'vitest';
import { ValidationError } from './errors.ts';
import { SessionState } from './session.ts';
import { assertTransition, SESSION_TRANSITIONS } from './session-transitions.ts';

it('refuses every move that the table does not know, by name', () => {
  for (const from of Object.values(SessionState))
    for (const to of Object.values(SessionState)) {
      const isAllowed = from === to || SESSION_TRANSITIONS[from].includes(to);
      if (isAllowed) expect(() => assertTransition(from, to)).not.toThrow();
      else expect(() => assertTransition(from, to)).toThrow(`A session that is ${from} cannot become ${to}`);
    }
});

it('lets anything but an invalidated session expire, and anything be invalidated', () => {
  const from = (to: SessionState) =>
    Object.values(SessionState).filter((state) => SESSION_TRANSITIONS[state].includes(to));
  expect(from('expired')).toEqual(['active', 'idle', 'paused', 'closed']);
  expect(from('invalidated_pending_cleanup')).toEqual(['active', 'idle', 'paused', 'expired', 'closed']);
  expect(from('active')).toEqual(['idle', 'paused']);
});

it('refuses what is no state', () => {
  expect(() => assertTransition('active', 'asleep' as SessionState)).toThrow(ValidationError);
});
