import { ValidationError } from './errors.ts';
import { isUuid } from './is-uuid.ts';
import type { AgentState, HistoryEntry, Session } from './session.ts';
import { isSessionState } from './session-transitions.ts';

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
const isRecordOfRecords = (value: unknown): boolean =>
  isRecord(value) && Object.values(value).every(isRecord);
const isListOfRecords = (value: unknown): boolean => Array.isArray(value) && value.every(isRecord);
const toDate = (value: unknown): Date =>
  value instanceof Date ? value : new Date(typeof value === 'string' ? value : Number.NaN);
const isDate = (value: unknown): boolean => !Number.isNaN(toDate(value).getTime());

const RULES: Readonly<Record<string, (session: Fields) => boolean>> = {
  id: ({ id }) => typeof id === 'string' && isUuid(id),
  createdAt: ({ createdAt }) => isDate(createdAt),
  updatedAt: ({ updatedAt }) => isDate(updatedAt),
  expiresAt: ({ createdAt, expiresAt }) =>
    !(toDate(expiresAt).getTime() <= toDate(createdAt).getTime()) && isDate(expiresAt),
  state: ({ state }) => isSessionState(state),
  agentIds: ({ agentIds }) => Array.isArray(agentIds) && agentIds.every((id) => typeof id === 'string'),
  agentStates: ({ agentStates }) => isRecordOfRecords(agentStates),
  conversationHistory: ({ conversationHistory }) => isListOfRecords(conversationHistory),
  sharedContext: ({ sharedContext }) => isRecord(sharedContext),
  metadata: ({ metadata }) => isRecord(metadata),
  version: ({ version }) => Number.isSafeInteger(version) && Number(version) >= 1,
};

/** Refuses what is no session, with the names of the fields that are wrong. */
export function validateSession(session: object): void {
  const fields: Fields = { ...session };
  const invalid = Object.entries(RULES)
    .filter(([, isValid]) => !isValid(fields))
    .map(([field]) => field);
  if (invalid.length > 0)
    throw new ValidationError(`Session ${String(fields['id'])} has no valid ${invalid.join(', ')}`, invalid);
}

/** Makes a session of what JSON brought: texts become dates again, fields that nobody knows stay. */
export function readSession(value: unknown): Session {
  if (!isRecord(value)) throw new ValidationError('A session is a JSON object', ['session']);
  validateSession(value);
  const { id, createdAt, updatedAt, expiresAt, state, ...rest } = value as unknown as Session;
  const { agentIds, agentStates, conversationHistory, sharedContext, metadata, version, ...unknown } = rest;
  // In the order in which a session is made, so that its JSON before and after are the same text.
  return {
    id,
    createdAt: toDate(createdAt),
    updatedAt: toDate(updatedAt),
    expiresAt: toDate(expiresAt),
    state,
    agentIds,
    agentStates: Object.fromEntries(
      Object.entries(agentStates).map(([agentId, agentState]) => [agentId, readAgentState(agentState)]),
    ),
    conversationHistory: conversationHistory.map(readHistoryEntry),
    sharedContext,
    metadata,
    version,
    ...unknown,
  };
}

/** A history entry with the dates of a turn revived; a message counts in milliseconds and stays as it is. */
function readHistoryEntry(entry: HistoryEntry): HistoryEntry {
  if (!('agentResponses' in entry)) return entry;
  return {
    ...entry,
    timestamp: toDate(entry.timestamp),
    agentResponses: entry.agentResponses.map((response) => ({
      ...response,
      timestamp: toDate(response.timestamp),
    })),
  };
}

function readAgentState(state: AgentState): AgentState {
  return Array.isArray(state.messageHistory)
    ? { ...state, messageHistory: state.messageHistory.map(readHistoryEntry) }
    : state;
}
