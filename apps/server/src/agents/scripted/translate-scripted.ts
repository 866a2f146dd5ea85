import type { TurnEndEvent } from '../agent-adapter.ts';
import type { LineTold } from '../line-session.ts';
import { parseLine, unreadLine } from '../own-lines.ts';
import { ScriptedLine } from './protocol.ts';

/** Reads one line of the scripted agent; what can't be read is kept and shown, never fatal. */
export function translateScripted(line: string): LineTold {
  const told = parseLine(ScriptedLine, line);
  if (told === null) return unreadLine(line);
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
