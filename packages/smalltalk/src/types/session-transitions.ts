import { SessionState } from './session.ts';
import { type GoneReason, ValidationError } from './errors.ts';

const FINAL = ['expired', 'invalidated_pending_cleanup'] as const;

/** What may follow each state; what is not here is refused by name. */
export const SESSION_TRANSITIONS: Readonly<Record<SessionState, readonly SessionState[]>> = {
  active: ['idle', 'paused', 'closed', ...FINAL],
  idle: ['active', 'closed', ...FINAL],
  paused: ['active', 'closed', ...FINAL],
  closed: FINAL,
  expired: ['closed', 'invalidated_pending_cleanup'],
  invalidated_pending_cleanup: [],
};

const STATES: readonly string[] = Object.values(SessionState);
const OPEN: readonly SessionState[] = ['active', 'idle', 'paused'];

/** Whether something is the name of a session state. */
export function isSessionState(value: unknown): value is SessionState {
  return typeof value === 'string' && STATES.includes(value);
}

/** Whether a session in this state takes messages. */
export function isOpen(state: SessionState): boolean {
  return OPEN.includes(state);
}

/** Refuses a move that the table does not know; staying where one is is no move. */
export function assertTransition(from: SessionState, to: SessionState): void {
  if (!isSessionState(to)) throw new ValidationError(`"${String(to)}" is no session state`, ['state']);
  if (from !== to && !SESSION_TRANSITIONS[from].includes(to))
    throw new ValidationError(`A session that is ${from} cannot become ${to}`, ['state']);
}

/** Why a session that is not open takes nothing. */
export function toGoneReason(state: SessionState): GoneReason {
  if (state === 'invalidated_pending_cleanup') return 'invalidated';
  return state === 'expired' ? 'expired' : 'closed';
}
