import type { AgentContext, AgentState, HistoryEntry, Session } from './session.ts';

/** A session that was made smaller, and by how many bytes of JSON. */
export type TrimmedSession = { session: Session; bytesRemoved: number };

/**
 * Makes a copy of a session that takes at most `maxBytes` of JSON, as far as that is possible.
 *
 * First the oldest turns go, of the conversation and then of each agent, while one of each is kept; then the context
 * fields that are flagged as trimmable.
 */
export function trimSession(session: Session, maxBytes: number): TrimmedSession {
  const before = sizeOf(session);
  let excess = before - maxBytes;
  const dropOldest = (history: readonly HistoryEntry[]): HistoryEntry[] => {
    let from = 0;
    for (; excess > 0 && from < history.length - 1; from += 1) excess -= sizeOf(history[from]) + 1;
    return history.slice(from);
  };
  const dropFields = (context: AgentContext): AgentContext => {
    const kept = { ...context };
    for (const [field, { trimmable }] of Object.entries(context._metadata ?? {})) {
      if (excess <= 0 || trimmable !== true || !(field in kept)) continue;
      excess -= sizeOf({ [field]: kept[field] }) - 1;
      delete kept[field];
    }
    return kept;
  };
  const trimmed: Session = { ...session, conversationHistory: dropOldest(session.conversationHistory) };
  trimmed.agentStates = mapValues(trimmed.agentStates, (state) => ({
    ...state,
    messageHistory: dropOldest(state.messageHistory),
  }));
  trimmed.agentStates = mapValues(trimmed.agentStates, (state) => ({
    ...state,
    context: dropFields(state.context),
  }));
  return { session: trimmed, bytesRemoved: before - sizeOf(trimmed) };
}

function mapValues(
  states: Readonly<Record<string, AgentState>>,
  change: (state: AgentState) => AgentState,
): Record<string, AgentState> {
  return Object.fromEntries(Object.entries(states).map(([id, state]) => [id, change(state)]));
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
