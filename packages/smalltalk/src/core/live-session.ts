import type { HistoryEntry, Session, SessionState } from '../types/session.ts';
import { toJson } from '../types/json.ts';

/** What was stored of a session when it was last read or written, to tell what has changed since. */
export type Stored = {
  readonly version: number;
  readonly state: SessionState;
  /** The JSON of the rest, without the history. */
  readonly head: string;
  readonly entries: number;
  readonly first: HistoryEntry | undefined;
  readonly last: HistoryEntry | undefined;
};

/** A session that this process works with; everyone here shares the one object. */
export type LiveSession = {
  readonly session: Session;
  /** Undefined for one that was never stored, or of which nobody knows what is stored. */
  stored: Stored | undefined;
  /** Whether it was made here and is not in the storage yet. */
  isNew: boolean;
};

/** Remembers a session as it stands now. */
export function toStored(session: Session): Stored {
  const { conversationHistory } = session;
  return {
    version: session.version,
    state: session.state,
    head: toHead(session),
    entries: conversationHistory.length,
    first: conversationHistory.at(0),
    last: conversationHistory.at(-1),
  };
}

/** Whether there is something to save. */
export function isChanged({ session, stored }: LiveSession): boolean {
  return (
    stored === undefined ||
    stored.entries !== session.conversationHistory.length ||
    !hasStoredBeginning(session, stored) ||
    stored.state !== session.state ||
    stored.head !== toHead(session)
  );
}

/** How many entries from the front need not be written: all that are stored, unless somebody rewrote the beginning. */
export function countStoredEntries({ session, stored }: LiveSession): number {
  return stored !== undefined && hasStoredBeginning(session, stored) ? stored.entries : 0;
}

function hasStoredBeginning({ conversationHistory }: Session, { entries, first, last }: Stored): boolean {
  return entries === 0 || (conversationHistory[0] === first && conversationHistory[entries - 1] === last);
}

function toHead(session: Session): string {
  const {
    conversationHistory: _history,
    version: _version,
    updatedAt: _updatedAt,
    state: _state,
    ...head
  } = session;
  return toJson(head, 'session');
}
