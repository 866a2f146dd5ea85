import type { LineTold } from '../line-session.ts';
import { ModelLine } from './protocol.ts';

/** What is kept of a line that can't be read, which may be of any length. */
const RAW_CHARACTERS = 2000;

/** Reads one line of the process; what can't be read is kept and shown, never fatal. */
export function translateLine(line: string): LineTold {
  const parsed = ModelLine.safeParse(parseJson(line));
  if (!parsed.success)
    return { kind: 'event', body: { type: 'unknown', method: 'line' }, raw: line.slice(0, RAW_CHARACTERS) };
  const told = parsed.data;
  if (told.type === 'ready') return { kind: 'ready' };
  if (told.type === 'refused') return { kind: 'refused', reason: told.reason };
  return { kind: 'event', body: told };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
