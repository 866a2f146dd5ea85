/** What stands at the start of an item: who does it, what it is called, what it waits for; then its text. */
export interface Header {
  readonly agent: string | null;
  /** The point of view that the agent is to take: an `@` word that names a role. */
  readonly role: string | null;
  readonly key: string | null;
  readonly after: readonly string[];
  readonly text: string;
  /** A list of keys that names none: a misspelt one, which must not pass as text. */
  readonly strayAfter: string | null;
}

/** A key or an agent ends at a blank, the end, or where a mark begins; `[text](link)` and `@scope/name` are text. */
const END = String.raw`(?=\s|$|\[\[)`;
const AGENT = new RegExp(String.raw`\s*@([\p{L}\p{N}_-]+)[:,]?${END}`, 'uy');
const KEY = new RegExp(String.raw`\s*\[(?![xX]\])([\p{L}\p{N}_-]+)\]${END}`, 'uy');
const AFTER = /\s*after:[ \t]*/y;
const CLOSED = /((?:[\p{L}\p{N}_-]+[ \t]*,[ \t]*)*[\p{L}\p{N}_-]+)?[ \t]*(?:,[ \t]*)?;/uy;
const WORD = /[ \t]*([\p{L}\p{N}_-]+)[ \t]*(,?)/uy;

/** A list of keys and where the text goes on behind it. */
interface AfterList {
  readonly keys: readonly string[];
  readonly stray: string | null;
  readonly end: number;
}

type IsWord = (word: string) => boolean;

/** What was read of a header so far. */
interface Reading {
  readonly text: string;
  readonly isKey: IsWord;
  readonly isRole: IsWord;
  agent: string | null;
  role: string | null;
  key: string | null;
  list: AfterList | null;
}

/** Reads the marks at the start of an item, in any order and each once; `isKey` knows the goal's keys, `isRole` the roles. */
export function parseHeader(text: string, isKey: IsWord, isRole: IsWord = () => false): Header {
  const reading: Reading = { text, isKey, isRole, agent: null, role: null, key: null, list: null };
  let at = 0;
  for (let end = readMark(reading, at); end !== null; end = readMark(reading, at)) at = end;
  const { agent, role, key, list } = reading;
  return {
    agent,
    role,
    key,
    after: list?.keys ?? [],
    strayAfter: list?.stray ?? null,
    text: text.slice(at).trim(),
  };
}

/** Where the mark that begins at `at` ends; null where there is none, or one that was met before. */
function readMark(reading: Reading, at: number): number | null {
  return readAgent(reading, at) ?? readKey(reading, at) ?? readAfter(reading, at);
}

function readAgent(reading: Reading, at: number): number | null {
  const found = matchAt(AGENT, reading.text, at);
  if (found?.[1] === undefined) return null;
  const whose = reading.isRole(found[1]) ? 'role' : 'agent';
  if (reading[whose] !== null) return null;
  reading[whose] = found[1];
  return at + found[0].length;
}

function readKey(reading: Reading, at: number): number | null {
  const found = reading.key === null ? matchAt(KEY, reading.text, at) : null;
  if (found?.[1] === undefined) return null;
  reading.key = found[1];
  return at + found[0].length;
}

function readAfter(reading: Reading, at: number): number | null {
  const found = reading.list === null ? matchAt(AFTER, reading.text, at) : null;
  if (found === null) return null;
  const from = at + found[0].length;
  reading.list = readClosedList(reading.text, from) ?? readOpenList(reading, from);
  return reading.list.end;
}

/** With a semicolon every word is meant as a key. */
function readClosedList(text: string, from: number): AfterList | null {
  const closed = matchAt(CLOSED, text, from);
  if (closed === null) return null;
  const words = closed[1]?.split(',').map((word) => word.trim()) ?? [];
  const keys = [...new Set(words)];
  return { keys, stray: keys.length === 0 ? '' : null, end: from + closed[0].length };
}

/** Without one, the first word that is no key ends the list. */
function readOpenList({ text, isKey }: Reading, from: number): AfterList {
  const keys = new Set<string>();
  let at = from;
  let stray: string | null = '';
  for (let word = matchAt(WORD, text, at); word?.[1] !== undefined; word = matchAt(WORD, text, at)) {
    if (!isKey(word[1])) {
      stray = keys.size === 0 ? word[1] : null;
      break;
    }
    keys.add(word[1]);
    stray = null;
    at += word[0].length;
    if (word[2] === '') break;
  }
  return { keys: [...keys], stray, end: at };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
