import type { Mark } from './mark.ts';
import { type MarkSource, parseBare } from './parse-bare.ts';
import { parseValues } from './parse-values.ts';

const OPEN = /\[\[([a-z]+)(?=\s|\]\])/g;
const NAMED = new Set(['write', 'append', 'edit', 'delete', 'read']);

/**
 * The steps written in a text, in order; text outside marks and marks of unknown names are ignored.
 *
 * `fill` is given what each mark says, after quotes are undone, and gives what
 * it shall say instead; it can't change how many marks there are.
 */
export function parseMarks(text: string, fill: (said: string) => string = (said) => said): readonly Mark[] {
  const marks: Mark[] = [];
  const open = new RegExp(OPEN);
  for (let found = open.exec(text); found !== null; found = open.exec(text)) {
    const [whole, name = ''] = found;
    const from = found.index + whole.length;
    const parsed = NAMED.has(name)
      ? parseNamed(name, { text, from, fill })
      : parseBare(name, { text, from, fill });
    if (parsed === null) continue;
    marks.push(parsed.mark);
    open.lastIndex = parsed.end;
  }
  return marks;
}

function parseNamed(name: string, { text, from, fill }: MarkSource): { mark: Mark; end: number } | null {
  const read = parseValues(text, from);
  if (read.kind === 'malformed') {
    const close = text.indexOf(']]', read.at);
    // Without its end it is no mark at all, only text that looks like the start of one.
    return close < 0
      ? null
      : {
          mark: { kind: 'invalid', mark: name, reason: read.reason },
          end: close + 2,
        };
  }
  const values = new Map([...read.values].map(([key, value]) => [key, fill(value)]));
  return { mark: toNamed(name, values), end: read.end };
}

function toNamed(name: string, values: ReadonlyMap<string, string>): Mark {
  const path = values.get('path');
  const lacks = (value: string): Mark => ({
    kind: 'invalid',
    mark: name,
    reason: `${value}= is missing`,
  });
  if (path === undefined) return lacks('path');
  if (name === 'read' || name === 'delete') return { kind: name, path };
  if (name === 'edit') {
    const [before, after] = [values.get('old'), values.get('new')];
    if (before === undefined) return lacks('old');
    return after === undefined ? lacks('new') : { kind: 'edit', path, old: before, new: after };
  }
  const content = values.get('content');
  if (content === undefined) return lacks('content');
  return { kind: name === 'append' ? 'append' : 'write', path, content };
}
