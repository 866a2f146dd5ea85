import { readSession, validateSession } from '../types/read-session.ts';
import { parseRecord, toJson } from '../types/json.ts';
import type { HistoryEntry, Session, SessionState } from '../types/session.ts';
import type { SaveOptions, SessionSummary } from './storage-adapter.ts';
import { assertSize } from './storage-rules.ts';

/** What a storage keeps of a session beside its history: what it is searched by, and the rest as JSON. */
export type SessionRow = {
  readonly id: string;
  readonly state: SessionState;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly expiresAt: number;
  readonly agentCount: number;
  readonly body: string;
};

/** The row of a session; refuses an invalid one with a ValidationError. */
function toSessionRow(session: Session): SessionRow {
  validateSession(session);
  const { id, state, version, createdAt, updatedAt, expiresAt, conversationHistory: _, ...rest } = session;
  return {
    id,
    state,
    version,
    createdAt: createdAt.getTime(),
    updatedAt: updatedAt.getTime(),
    expiresAt: expiresAt.getTime(),
    agentCount: session.agentIds.length,
    body: toJson(rest, 'session'),
  };
}

/** History entries as a storage keeps them, one text each; `maxSize` bounds their bytes. */
export function toEntryTexts(entries: readonly HistoryEntry[], maxSize: number | undefined): string[] {
  const texts = entries.map((entry) => toJson(entry, 'message'));
  assertSize(texts, maxSize);
  return texts;
}

/** A session as it is to be written: `texts` are its history from place `from` on (0 is the first). */
export type SessionDraft = {
  readonly row: SessionRow;
  readonly from: number;
  readonly texts: string[];
  readonly length: number;
};

/** Takes a session's picture, so that nothing that happens to it before it is written matters. */
export function toSessionDraft(
  session: Session,
  options: SaveOptions,
  maxSize: number | undefined,
): SessionDraft {
  const { expectedVersion, storedEntries = 0 } = options;
  const row = toSessionRow(session);
  const length = session.conversationHistory.length;
  // Only who names the stored version can know what is stored.
  const from = expectedVersion === undefined ? 0 : Math.min(storedEntries, length);
  const texts = session.conversationHistory.slice(from).map((entry) => toJson(entry, 'message'));
  assertSize([row.body, ...texts], maxSize);
  return { row, from, texts, length };
}

/** The session that a row and its history hold. */
export function toSession(row: SessionRow, entries: readonly string[]): Session {
  // One by one: a text of all would be copied once more, and parsed more slowly than its parts.
  const history = entries.map((entry): unknown => JSON.parse(entry));
  const { id, state, version } = row;
  return readSession({
    ...parseRecord(row.body),
    id,
    state,
    version,
    createdAt: new Date(row.createdAt),
    updatedAt: new Date(row.updatedAt),
    expiresAt: new Date(row.expiresAt),
    conversationHistory: history,
  });
}

/** What a list says about the session of a row. */
export function toSummary(row: Omit<SessionRow, 'body'>): SessionSummary {
  return {
    id: row.id,
    state: row.state,
    version: row.version,
    createdAt: new Date(row.createdAt),
    updatedAt: new Date(row.updatedAt),
    expiresAt: new Date(row.expiresAt),
    agentCount: row.agentCount,
  };
}
