import type { Message } from '../types/message.ts';
import type { HistoryEntry } from '../types/session.ts';

/** A session's history as single messages: a turn is what the user said and each answer to it. */
export function toMessages(history: readonly HistoryEntry[]): Message[] {
  return history.flatMap((entry) => {
    if (!('agentResponses' in entry)) return [entry];
    const { sequence, timestamp, userMessage, agentResponses } = entry;
    const id = `turn-${String(sequence)}`;
    const asked: Message = { id, role: 'user', content: userMessage, timestamp: timestamp.getTime() };
    const answers = agentResponses.map(
      ({ agentId, response, timestamp: at }, place): Message => ({
        id: `${id}-${String(place + 1)}`,
        role: 'agent',
        agentName: agentId,
        content: response,
        timestamp: at.getTime(),
      }),
    );
    return [asked, ...answers];
  });
}
