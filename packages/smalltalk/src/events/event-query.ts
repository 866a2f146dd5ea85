import type { EventFilter } from './event-log.ts';

/** A statement and what its question marks stand for; filters of one shape share one statement. */
export type EventQuery = { readonly sql: string; readonly parameters: readonly (string | number)[] };

/**
 * The SQL of `after`. Topics are narrowed by GLOB, which lets a `*` cross separators: the caller checks them again.
 *
 * The first metadata pair drives the query, so that its cost follows the matches and not the length of the log.
 */
export function buildEventQuery(
  table: string,
  range: { seq: number; limit: number },
  filter: EventFilter,
): EventQuery {
  const [lead, ...others] = Object.entries(filter.metadata ?? {});
  const conditions: Condition[] = [
    ...(lead === undefined
      ? [{ sql: 'e.seq > ?', parameters: [range.seq] }]
      : [{ sql: 'm.key = ? AND m.value = ? AND m.seq > ?', parameters: [...lead, range.seq] }]),
    ...others.map((pair) => ({
      sql: `EXISTS (SELECT 1 FROM ${table}_metadata o WHERE o.key = ? AND o.value = ? AND o.seq = e.seq)`,
      parameters: pair,
    })),
    ...columnConditions(filter),
  ];
  const source =
    lead === undefined ? `${table} e` : `${table}_metadata m CROSS JOIN ${table} e ON e.seq = m.seq`;
  return {
    sql:
      'SELECT e.seq, e.id, e.topic, e.payload, e.priority, e.timestamp, e.session_id AS sessionId, ' +
      `e.conversation_id AS conversationId, e.metadata FROM ${source} ` +
      `WHERE ${conditions.map((condition) => condition.sql).join(' AND ')} ` +
      `ORDER BY ${lead === undefined ? 'e' : 'm'}.seq LIMIT ?`,
    parameters: [...conditions.flatMap((condition) => condition.parameters), range.limit],
  };
}

type Condition = { readonly sql: string; readonly parameters: readonly (string | number)[] };

function columnConditions(filter: EventFilter): Condition[] {
  const globs = filter.topics === undefined ? undefined : JSON.stringify(filter.topics.map(toGlob));
  const candidates: readonly (readonly [string, string | number | undefined])[] = [
    ['EXISTS (SELECT 1 FROM json_each(?) g WHERE e.topic GLOB g.value)', globs],
    ['e.session_id = ?', filter.sessionId],
    ['e.conversation_id = ?', filter.conversationId],
    ['e.priority = ?', filter.priority],
    ['e.timestamp >= ?', filter.since],
    ['e.timestamp <= ?', filter.until],
  ];
  return candidates.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, parameters: [value] }]));
}

function toGlob(pattern: string): string {
  return pattern.replaceAll(/[[?]/g, '[$&]');
}
