import { isDeepStrictEqual } from 'node:util';
import { parseRecord } from '../types/json.ts';
import { readSession } from '../types/read-session.ts';
import type { HistoryEntry, Session } from '../types/session.ts';
import { isOpen } from '../types/session-transitions.ts';
import type { Stored } from './live-session.ts';
import { mergeRecords } from './merge-records.ts';

type Sides = { readonly base: Stored | undefined; readonly mine: Session; readonly theirs: Session };

/** Two changes of a session brought together; `overlaps` names the fields that both changed, where `mine` was taken. */
export type MergedSession = { readonly session: Session; readonly overlaps: readonly string[] };

/** Brings together what this process and others changed in a session; no message of either side is lost. */
export function mergeSessions({ base, mine, theirs }: Sides): MergedSession {
  const before = base === undefined ? undefined : { ...parseRecord(base.head), state: base.state };
  const { value, overlaps } = mergeRecords({ base: before, mine: toFields(mine), theirs: toFields(theirs) });
  const agentIds = fieldOf(before, 'agentIds');
  const merged = readSession({
    ...value,
    version: theirs.version,
    updatedAt: theirs.updatedAt,
    // What has ended stays ended, whoever else still thought it open.
    state: isOpen(theirs.state) ? value['state'] : theirs.state,
    agentIds: mergeSets(agentIds, mine.agentIds, theirs.agentIds),
    conversationHistory: mergeHistories({ base, mine, theirs }),
  });
  return { session: merged, overlaps: overlaps.filter((path) => path !== 'agentIds') };
}

function fieldOf(before: Readonly<Record<string, unknown>> | undefined, field: string): unknown[] {
  const value = before?.[field];
  return Array.isArray(value) ? value : [];
}

/** The session without what is merged in its own way; dates as the texts that the base has. */
function toFields(session: Session): Record<string, unknown> {
  const { conversationHistory: _history, version: _version, updatedAt: _updatedAt, ...head } = session;
  return { ...parseRecord(JSON.stringify(head)) };
}

function mergeSets(base: readonly unknown[], mine: readonly string[], theirs: readonly string[]): string[] {
  const kept = theirs.filter((id) => mine.includes(id) || !base.includes(id));
  return [...kept, ...mine.filter((id) => !theirs.includes(id) && !base.includes(id))];
}

function mergeHistories({ base, mine, theirs }: Sides): HistoryEntry[] {
  if (base === undefined) return [...theirs.conversationHistory, ...newIn(mine, theirs)];
  const [common, added] = [
    mine.conversationHistory.slice(0, base.entries),
    mine.conversationHistory.slice(base.entries),
  ];
  return [...common, ...theirs.conversationHistory.slice(base.entries), ...added];
}

function newIn(mine: Session, theirs: Session): HistoryEntry[] {
  return mine.conversationHistory.filter(
    (entry) => !theirs.conversationHistory.some((other) => isDeepStrictEqual(entry, other)),
  );
}
