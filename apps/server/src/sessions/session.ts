import type { Oid, ProjectId, Session, SessionId, SessionState } from '@thalogos/contracts';

/** Where a session stands, with the data that is true only there. */
export type SessionLifecycle =
  | { readonly kind: 'draft' }
  | { readonly kind: 'active' }
  | { readonly kind: 'awaiting_review'; readonly reason: string }
  | { readonly kind: 'suspended'; readonly reason: string }
  | { readonly kind: 'finalized' };

/** One stretch of work on one project. */
export interface SessionRecord {
  readonly id: SessionId;
  readonly project: ProjectId;
  readonly title: string;
  readonly createdAt: number;
  readonly state: SessionLifecycle;
  /** The checkpoint that its tasks start from; they start from the newest main where there is none. */
  readonly base?: Checkpoint;
}

/** A checkpoint by its tag, and its commit. */
export interface Checkpoint {
  readonly tag: string;
  readonly commit: Oid;
}

/** A fact about a session. */
export type SessionFact =
  | { readonly type: 'plan-accepted' }
  | { readonly type: 'save-stuck'; readonly reason: string }
  | { readonly type: 'settled' }
  | { readonly type: 'suspended'; readonly reason: string }
  | { readonly type: 'resumed' }
  | { readonly type: 'closed' };

/** The moves that a session may make. */
export const SESSION_MOVES: Readonly<Record<SessionState, readonly SessionState[]>> = {
  draft: ['active', 'finalized'],
  active: ['awaiting_review', 'suspended', 'finalized'],
  awaiting_review: ['active', 'suspended', 'finalized'],
  suspended: ['active', 'finalized'],
  finalized: [],
};

/** The session as it is after a fact; null where the fact changes nothing or the table does not allow it. */
export function evolveSession(session: SessionRecord, fact: SessionFact): SessionRecord | null {
  const state = nextState(fact);
  return SESSION_MOVES[session.state.kind].includes(state.kind) ? { ...session, state } : null;
}

function nextState(fact: SessionFact): SessionLifecycle {
  switch (fact.type) {
    case 'plan-accepted':
    case 'settled':
    case 'resumed':
      return { kind: 'active' };
    case 'save-stuck':
      return { kind: 'awaiting_review', reason: fact.reason };
    case 'suspended':
      return { kind: 'suspended', reason: fact.reason };
    case 'closed':
      return { kind: 'finalized' };
  }
}

/** A session as everything outside the server sees it. */
export function sessionView({ id, project, title, createdAt, state }: SessionRecord): Session {
  const reason = state.kind === 'awaiting_review' || state.kind === 'suspended' ? state.reason : null;
  return { id, project, title, createdAt, state: state.kind, reason };
}
