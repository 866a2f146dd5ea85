/** The `name=value` pairs of a mark, or why they can't be read; `end` is where the text after the mark begins. */
export type Values =
  | {
      readonly kind: 'values';
      readonly values: ReadonlyMap<string, string>;
      readonly end: number;
    }
  | {
      readonly kind: 'malformed';
      readonly reason: string;
      readonly at: number;
    };

const BLANK = /\s*/y;
const NAME = /([a-z]+)=/y;
const QUOTED = /"(?:[^"\\]|\\[\s\S])*"/y;
const WORD = /(?:(?!\]\])\S)*/y;
/** Goals are typed by people, who break lines inside quotes where JSON would not. */
const CONTROL = /[\u0000-\u001f]/g;

/** Reads `name=word` and `name="..."` from `from` up to the closing marks; closing marks inside quotes are text. */
export function parseValues(text: string, from: number): Values {
  const values = new Map<string, string>();
  let at = from;
  for (;;) {
    at += match(BLANK, text, at).length;
    if (text.startsWith(']]', at)) return { kind: 'values', values, end: at + 2 };
    NAME.lastIndex = at;
    const name = NAME.exec(text)?.[1];
    if (name === undefined) return { kind: 'malformed', reason: 'expected name=value', at };
    at += name.length + 1;
    const raw = match(text[at] === '"' ? QUOTED : WORD, text, at);
    const value = raw.startsWith('"') ? unquote(raw) : raw;
    if (value === null || (text[at] === '"' && raw === '')) {
      return {
        kind: 'malformed',
        reason: `the value of ${name} is not a JSON string`,
        at,
      };
    }
    values.set(name, value);
    at += raw.length;
  }
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

function unquote(raw: string): string | null {
  const escaped = raw.replace(CONTROL, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  try {
    const value: unknown = JSON.parse(escaped);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}
