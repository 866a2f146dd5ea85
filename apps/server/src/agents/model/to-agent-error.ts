import { ModelError, type ModelErrorCategory } from '@thalogos/smalltalk';
import type { AgentError } from '../agent-adapter.ts';

const CLASSES: Readonly<Record<ModelErrorCategory, AgentError['class']>> = {
  aborted: 'other',
  authentication: 'auth',
  'budget-exhausted': 'rate-limit',
  'circuit-open': 'overloaded',
  'content-filtered': 'other',
  'context-too-long': 'context',
  'invalid-request': 'bad-request',
  network: 'network',
  'not-configured': 'auth',
  overloaded: 'overloaded',
  protocol: 'other',
  'rate-limited': 'rate-limit',
  timeout: 'timeout',
  'unknown-model': 'bad-request',
};

/** Why a model could not answer, in the words all agents share. */
export function toModelAgentError(thrown: unknown): AgentError {
  if (!(thrown instanceof ModelError)) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return { class: 'other', message, retryable: false };
  }
  const { category, message, recovery, status, retryAfterMs } = thrown;
  return {
    class: CLASSES[category],
    message,
    retryable: recovery === 'retry',
    ...(status === undefined ? {} : { httpStatus: status }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}
