import { fingerprint } from './evolve-failures.ts';
import type { TaskRecord } from './task.ts';

/** A failure, as far as what happens next is concerned. */
export interface Failure {
  readonly class: string;
  readonly message: string;
  readonly retryable: boolean;
  /** How long its vendor asks us to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** The run was ended because its agent gave no sign of life, or because it took too long. */
  readonly limit?: 'wall' | 'idle';
}

/** What is done about a failed task. */
export type Recovery =
  /** The same agent goes on, in its own session where it can. */
  | { readonly kind: 'again'; readonly notBefore: number | null }
  | { readonly kind: 'hand-over'; readonly to: string }
  /** A person decides; `others` could take over. */
  | { readonly kind: 'ask'; readonly others: readonly string[] }
  /** It rests: no agent could do better with it. */
  | { readonly kind: 'rest' };

/** What is known beside the failure; `others` are the agents that could take over, the best first. */
export interface RecoveryGround {
  readonly attempts: number;
  readonly others: readonly string[];
  readonly now: number;
}

/** Failures of an agent or of its vendor; any other is one of the task, of its place, or of ours. */
const AGENTS_OWN: ReadonlySet<string> = new Set([
  'auth',
  'rate-limit',
  'overloaded',
  'network',
  'timeout',
  'crash',
]);
/** So often a vendor may ask to wait before somebody else is asked. */
const MOST_WAITS = 3;
/** A vendor that gives no work for longer has, for this task, none. */
const LONGEST_WAIT_MS = 60 * 60_000;
/** What is waited where the vendor does not say how long. */
const USUAL_WAIT_MS = 60_000;

/**
 * Rules on a failed task, by the task as it was before this failure: its agent goes on, then another one does, then a
 * person decides. The same failure twice running is no accident, and goes to the next step at once.
 */
export function decideRecovery(task: TaskRecord, failure: Failure, ground: RecoveryGround): Recovery {
  const { others, now } = ground;
  if (!AGENTS_OWN.has(failure.class)) return mayTryAgain(task, failure, ground) ? AGAIN : { kind: 'rest' };
  if (failure.class === 'rate-limit') return waitAsTold(task, failure, { others, now });
  // Who is silent may have run into something that the next one runs into as well: a person looks.
  if (failure.class === 'timeout' && failure.limit !== undefined && mustAsk(task, failure, ground))
    return { kind: 'ask', others };
  if (failure.class !== 'auth' && mayTryAgain(task, failure, ground)) return AGAIN;
  return handOver(others);
}

const AGAIN: Recovery = { kind: 'again', notBefore: null };

function handOver(others: readonly string[]): Recovery {
  const [to] = others;
  return to === undefined ? { kind: 'ask', others } : { kind: 'hand-over', to };
}

function mustAsk(task: TaskRecord, failure: Failure, ground: RecoveryGround): boolean {
  return failure.limit === 'idle' || !mayTryAgain(task, failure, ground);
}

function waitAsTold(
  task: TaskRecord,
  { retryAfterMs = USUAL_WAIT_MS }: Failure,
  { others, now }: Pick<RecoveryGround, 'others' | 'now'>,
): Recovery {
  const waits = task.failures.waits ?? 0;
  if (waits >= MOST_WAITS || retryAfterMs > LONGEST_WAIT_MS) return handOver(others);
  return { kind: 'again', notBefore: now + retryAfterMs };
}

function mayTryAgain(task: TaskRecord, failure: Failure, { attempts }: RecoveryGround): boolean {
  const { count, fingerprint: last } = task.failures;
  return failure.retryable && count + 1 < attempts && last !== fingerprint(failure);
}
