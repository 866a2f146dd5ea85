import { parseRecord } from '../types/json.ts';
import type { EventFilter } from './event-log.ts';
import type { EventRow } from './event-row.ts';
import { compileTopicPatterns } from './topic-pattern.ts';

/** Turns a filter into a test for stored events. */
export function compileEventFilter(filter: EventFilter): (row: EventRow) => boolean {
  const tests: ((row: EventRow) => boolean)[] = [];
  const { sessionId, conversationId, priority, since, until, metadata } = filter;
  if (filter.topics !== undefined) {
    const matches = compileTopicPatterns(filter.topics);
    tests.push((row) => matches(row.topic));
  }
  if (sessionId !== undefined) tests.push((row) => row.sessionId === sessionId);
  if (conversationId !== undefined) tests.push((row) => row.conversationId === conversationId);
  if (priority !== undefined) tests.push((row) => row.priority === priority);
  if (since !== undefined) tests.push((row) => row.timestamp >= since);
  if (until !== undefined) tests.push((row) => row.timestamp <= until);
  if (metadata !== undefined) tests.push((row) => matchesMetadata(row, metadata));
  return (row) => tests.every((test) => test(row));
}

function matchesMetadata(row: EventRow, wanted: Readonly<Record<string, string>>): boolean {
  const found = row.metadata === null ? {} : parseRecord(row.metadata);
  return Object.entries(wanted).every(([key, text]) => found[key] === text);
}
