import type { LineTold } from '../line-session.ts';
import { parseLine, unreadLine } from '../own-lines.ts';
import { ModelLine } from './protocol.ts';

/** Reads one line of the process; what can't be read is kept and shown, never fatal. */
export function translateLine(line: string): LineTold {
  const told = parseLine(ModelLine, line);
  if (told === null) return unreadLine(line);
  if (told.type === 'ready') return { kind: 'ready' };
  if (told.type === 'refused') return { kind: 'refused', reason: told.reason };
  return { kind: 'event', body: told };
}
