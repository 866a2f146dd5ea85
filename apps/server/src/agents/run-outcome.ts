import type { AgentError, Tokens, TurnEndEvent } from './agent-adapter.ts';

/** What a run left besides its work in git. */
export interface RunFacts {
  /** The agent's last words, null where it said nothing. */
  readonly text: string | null;
  /** Null where the agent does not report it. */
  readonly usage: { readonly tokens: Tokens; readonly usd: number | null } | null;
  /** Characters of output that were dropped by the limits, and counted. */
  readonly dropped: number;
  readonly nativeId: string | null;
}

/** How a run ended, exactly once; `kind` is one of the contract's `RunEnd`. */
export type RunOutcome = RunFacts &
  (
    | { readonly kind: 'completed' }
    | { readonly kind: 'cancelled' }
    | { readonly kind: 'timeout'; readonly limit: 'wall' | 'idle'; readonly error: AgentError }
    | { readonly kind: 'failed' | 'crashed' | 'rate-limited' | 'auth'; readonly error: AgentError }
  );

/** Why the supervisor itself ended the turn, where it did. */
export type StopReason = 'cancelled' | 'wall' | 'idle';

const UNSAID: AgentError = { class: 'other', message: 'The agent failed without a reason', retryable: false };

/** Turns the last event of a turn and our own reason for stopping it, if any, into the run's end. */
export function toRunOutcome(end: TurnEndEvent, stopped: StopReason | null, facts: RunFacts): RunOutcome {
  if (stopped === 'cancelled') return { ...facts, kind: 'cancelled' };
  if (stopped !== null) return { ...facts, kind: 'timeout', limit: stopped, error: timeoutError(stopped) };
  if (end.outcome === 'completed') return { ...facts, kind: 'completed' };
  // Nobody of ours asked for it, so an interruption from elsewhere is a failure to be told.
  const error = end.error ?? UNSAID;
  return { ...facts, kind: failureKind(error), error };
}

function failureKind(error: AgentError): 'failed' | 'crashed' | 'rate-limited' | 'auth' {
  switch (error.class) {
    case 'auth':
      return 'auth';
    case 'rate-limit':
      return 'rate-limited';
    case 'crash':
      return 'crashed';
    case 'overloaded':
    case 'bad-request':
    case 'context':
    case 'network':
    case 'timeout':
    case 'sandbox':
    case 'other':
      return 'failed';
  }
}

function timeoutError(limit: 'wall' | 'idle'): AgentError {
  const message =
    limit === 'wall' ? 'The run took longer than it may' : 'The agent was silent for longer than it may be';
  return { class: 'timeout', message, retryable: true };
}
