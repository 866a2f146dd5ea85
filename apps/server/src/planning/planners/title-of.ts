import { parseValues } from '@thalogos/contracts/marks/parse-values';

const TITLE_LENGTH = 80;
const NAMED = new Set(['write', 'append', 'edit', 'delete', 'read']);
const MARK =
  /\[\[(write|append|edit|delete|read|sh|say|think|plan|usage|ask|sleep|slow|hang|fail|crash|flood|daemon|http|drop|call)(?=\s|\]\])/g;

/** A task's title: the first line of its text that says something when marks are taken away, at most 80 characters. */
export function titleOf(text: string): string {
  const said = firstLine(withoutMarks(text));
  return cut(said === '' ? firstLine(text) : said);
}

function firstLine(text: string): string {
  const line = /\S[^\n]*/.exec(text)?.[0] ?? '';
  return line.replaceAll(/\s+/g, ' ').trim();
}

/** Counts characters, not halves of them. */
function cut(line: string): string {
  return [...line.slice(0, 2 * TITLE_LENGTH)].slice(0, TITLE_LENGTH).join('').trimEnd();
}

function withoutMarks(text: string): string {
  const kept: string[] = [];
  const mark = new RegExp(MARK);
  let from = 0;
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    const [whole, name = ''] = found;
    const end = endOf(text, found.index + whole.length, NAMED.has(name));
    if (end === null) break;
    kept.push(text.slice(from, found.index));
    from = end;
    mark.lastIndex = end;
  }
  kept.push(text.slice(from));
  return kept.join('');
}

/** Where a mark ends: closing marks inside quoted values are text. Null where it never does. */
function endOf(text: string, from: number, hasValues: boolean): number | null {
  const close = text.indexOf(']]', from);
  if (close < 0) return null;
  if (!hasValues) return close + 2;
  const read = parseValues(text, from);
  return read.kind === 'values' ? read.end : close + 2;
}
