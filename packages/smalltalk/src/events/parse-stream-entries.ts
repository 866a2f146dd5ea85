import { StorageError } from '../types/errors.ts';
import { parseValue } from '../types/parse-value.ts';
import type { EventRow } from './event-row.ts';

/** The events of a Redis stream's entries, numbered by their ids. */
export function parseStreamEntries(
  entries: readonly (readonly [id: string, fields: readonly string[]])[],
): EventRow[] {
  return entries.map(([id, fields]) => {
    const text = fields[fields.indexOf('row') + 1];
    if (text === undefined) throw new StorageError(`Entry ${id} of the stream is no event`);
    return { ...parseValue<Omit<EventRow, 'seq'>>(text), seq: Number.parseInt(id, 10) };
  });
}
