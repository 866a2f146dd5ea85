import type { AgentState } from '../types/session.ts';

/** What an agent's state may take. */
export type AgentStateLimits = {
  /** So many of the newest turns are kept. */
  readonly messageHistory: number;
  /** So many bytes of JSON. */
  readonly maxSizeBytes: number;
};

/** A state within its limits, as far as that is possible, and by how many bytes of JSON it was made smaller. */
export type TrimmedAgentState = { state: AgentState; sizeBytes: number; bytesRemoved: number };

/** Makes a copy of an agent's state that keeps its limits: the oldest turns go first, then the trimmable fields. */
export function trimAgentState(state: AgentState, limits: AgentStateLimits): TrimmedAgentState {
  const before = sizeOf(state);
  const messageHistory = state.messageHistory.slice(-limits.messageHistory || state.messageHistory.length);
  const context = { ...state.context };
  const trimmed: AgentState = { ...state, context, messageHistory };
  const size = messageHistory.length === state.messageHistory.length ? before : sizeOf(trimmed);
  // Mostly there is nothing to trim, and weighing is the whole work.
  if (size <= limits.maxSizeBytes) return { state: trimmed, sizeBytes: size, bytesRemoved: before - size };
  cutDown(trimmed, size, limits);
  const sizeBytes = sizeOf(trimmed);
  return { state: trimmed, sizeBytes, bytesRemoved: before - sizeBytes };
}

function cutDown({ messageHistory, context }: AgentState, before: number, limits: AgentStateLimits): void {
  let size = before;
  while (size > limits.maxSizeBytes && messageHistory.length > 1) size -= sizeOf(messageHistory.shift()) + 1;
  for (const [field, { trimmable }] of Object.entries(context._metadata ?? {})) {
    if (size <= limits.maxSizeBytes || trimmable !== true || !(field in context)) continue;
    size -= sizeOf({ [field]: context[field] }) - 1;
    delete context[field];
  }
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
