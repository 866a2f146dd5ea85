import type { HistoryEntry, Session } from '../types/session.ts';
import { SessionSerializer } from '../types/session-serializer.ts';

/** A session as a text: all of it as JSON, or what was said for people to read. */
export function exportSession(session: Session, format: 'json' | 'text'): string {
  if (format === 'json') return SessionSerializer.toJSON(session);
  return session.conversationHistory.flatMap(toLines).join('\n');
}

function toLines(entry: HistoryEntry): string[] {
  if (!('agentResponses' in entry))
    return [toLine(entry.timestamp, entry.agentName ?? entry.role, entry.content)];
  return [
    toLine(entry.timestamp, 'user', entry.userMessage),
    ...entry.agentResponses.map(({ timestamp, agentId, response }) => toLine(timestamp, agentId, response)),
  ];
}

function toLine(at: Date | number, who: string, said: string): string {
  return `[${new Date(at).toISOString()}] ${who}: ${said}`;
}
