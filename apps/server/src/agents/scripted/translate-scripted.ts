import type { TurnEndEvent } from '../agent-adapter.ts';
import type { LineTold } from '../line-session.ts';
import { ScriptedLine } from './protocol.ts';

/** What is kept of a line that can't be read, which may be of any length. */
const RAW_CHARACTERS = 2000;

/** Reads one line of the scripted agent; what can't be read is kept and shown, never fatal. */
export function translateScripted(line: string): LineTold {
  const parsed = ScriptedLine.safeParse(parseJson(line));
  if (!parsed.success)
    return { kind: 'event', body: { type: 'unknown', method: 'line' }, raw: line.slice(0, RAW_CHARACTERS) };
  const told = parsed.data;
  if (told.type === 'ready') return { kind: 'ready' };
  if (told.type === 'refused') return { kind: 'refused', reason: told.reason };
  if (told.type === 'turn.end') return { kind: 'event', body: toTurnEnd(told) };
  return { kind: 'event', body: told };
}

function toTurnEnd({ outcome, text, reason }: Extract<ScriptedLine, { type: 'turn.end' }>): TurnEndEvent {
  const end: TurnEndEvent = { type: 'turn.end', outcome, ...(text === undefined ? {} : { text }) };
  return reason === undefined
    ? end
    : { ...end, error: { class: 'other', message: reason, retryable: false } };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
