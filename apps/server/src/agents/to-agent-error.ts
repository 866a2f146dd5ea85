import { type AgentError, AgentFault } from './agent-adapter.ts';

/** What anything thrown while an agent was opened or driven says in the words all agents share. */
export function toAgentError(thrown: unknown): AgentError {
  if (thrown instanceof AgentFault) return thrown.error;
  return { class: 'other', message: messageOf(thrown), retryable: false };
}

function messageOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.cause === undefined ? thrown.message : `${thrown.message}: ${messageOf(thrown.cause)}`;
}
