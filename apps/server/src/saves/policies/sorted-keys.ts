import { commonEnd, type Lines, textOf } from './lines.ts';
import type { HunkPlace, HunkRule } from './settle-hunks.ts';

/** How many entries, those around the hunk counted, have to be in order before it is taken for meant. */
const MIN_ENTRIES = 4;

interface Entry {
  readonly key: string;
  /** The line without comma and line end. */
  readonly text: string;
  readonly hasComma: boolean;
}

type Order = (a: string, b: string) => number;

const ORDERS: readonly Order[] = [
  (a, b) => (a < b ? -1 : a > b ? 1 : 0),
  (a, b) => new Intl.Collator('en').compare(a, b),
];

/** A list with one entry on each line, sorted by its keys, such as dependencies: both sides' entries, in order. */
export const settleSortedKeys: HunkRule = ({ base, ours, theirs }, place) => {
  const end = commonEnd([...base, ...ours, ...theirs]);
  const depth = depthOf([...ours, ...theirs]);
  const lists = readLists([base, ours, theirs], place.path);
  if (end === null || depth === null || lists === null) return null;
  const merged = mergeEntries(lists);
  const withAround = surround(place, depth);
  const order = ORDERS.find((one) =>
    [lists.was, lists.mine, lists.other].every((entries) => isSorted(withAround(entries), one)),
  );
  if (order === undefined || merged === null) return null;
  const sorted = merged.toSorted((a, b) => order(a.key, b.key));
  const isLong = [lists.mine, lists.other].every((entries) => withAround(entries).length >= MIN_ENTRIES);
  return isLong && isSorted(withAround(sorted), order) ? write(sorted, lists, end) : null;
};

interface Lists {
  readonly was: readonly Entry[];
  readonly mine: readonly Entry[];
  readonly other: readonly Entry[];
}

function readLists(sides: readonly Lines[], path: string): Lists | null {
  const [was, mine, other] = sides.map((lines) => entriesOf(lines, path));
  return was && mine && other ? { was, mine, other } : null;
}

/** The keys of the whole list that a hunk is part of, once these entries are in it. */
function surround(
  { before, after, path }: HunkPlace,
  depth: string,
): (entries: readonly Entry[]) => readonly string[] {
  const above = neighbours(before.toReversed(), path, depth).toReversed();
  const below = neighbours(after, path, depth);
  return (entries) => [...above, ...entries, ...below].map(({ key }) => key);
}

/** The entries that lines are; null where one of them is something else. */
function entriesOf(lines: Lines, path: string): readonly Entry[] | null {
  const entries = lines.map((line) => entryOf(line, path));
  const found = entries.filter((entry) => entry !== null);
  return found.length === lines.length ? found : null;
}

function entryOf(line: string, path: string): Entry | null {
  const text = textOf(line).trimEnd();
  const bare = text.endsWith(',') ? text.slice(0, -1) : text;
  const key = path.endsWith('.json') ? jsonKey(bare) : plainKey(bare);
  return key === null ? null : { key, text: bare, hasComma: bare !== text };
}

/** The key of `"key": value` whose value is no list and no object. */
function jsonKey(text: string): string | null {
  return /^\s*"((?:[^"\\]|\\.)*)": (?:"(?:[^"\\]|\\.)*"|-?[\d.]+|true|false|null)$/.exec(text)?.[1] ?? null;
}

/** The key of a line that is a single word, with its version or value if it has one: `name==1.2`. */
function plainKey(text: string): string | null {
  return /^\s*(["']?[\w@/.*-]+["']?)(?:(?:[=~<>!]=?|=)=?[\w.*"'-]+)?$/.exec(text)?.[1] ?? null;
}

function depthOf(lines: Lines): string | null {
  const depths = new Set(lines.map((line) => /^\s*/.exec(line)?.[0] ?? ''));
  const [depth = null] = depths;
  return depths.size === 1 ? depth : null;
}

/** The entries of the same list that follow without a gap. */
function neighbours(lines: Lines, path: string, depth: string | null): Entry[] {
  const found: Entry[] = [];
  for (const line of lines) {
    const entry = depthOf([line]) === depth ? entryOf(line, path) : null;
    if (entry === null) break;
    found.push(entry);
  }
  return found;
}

/** Strictly, so that a key that comes twice is no order. */
function isSorted(keys: readonly string[], order: Order): boolean {
  return keys.every((key, at) => at === 0 || order(keys[at - 1] ?? '', key) < 0);
}

/** Each key as the side that changed it has it; null where both did, and not alike. */
function mergeEntries({ was, mine, other }: Lists): readonly Entry[] | null {
  const [before, ours, theirs] = [was, mine, other].map(
    (entries) => new Map(entries.map((entry) => [entry.key, entry])),
  );
  const merged: Entry[] = [];
  for (const key of new Set([...mine, ...other].map((entry) => entry.key))) {
    const kept = keep(before?.get(key), ours?.get(key), theirs?.get(key));
    if (kept === 'disputed') return null;
    if (kept !== 'gone') merged.push(kept);
  }
  return merged;
}

function keep(
  before: Entry | undefined,
  ours: Entry | undefined,
  theirs: Entry | undefined,
): Entry | 'gone' | 'disputed' {
  if (isAlike(ours, theirs) || isAlike(theirs, before)) return ours ?? 'gone';
  return isAlike(ours, before) ? (theirs ?? 'gone') : 'disputed';
}

function isAlike(a: Entry | undefined, b: Entry | undefined): boolean {
  return a?.text === b?.text;
}

/** The lines of a list; only the last may be without a comma, where a side had it so. */
function write(entries: readonly Entry[], { mine, other }: Lists, end: string): Lines | null {
  const commas = [mine, other].flatMap((list) => list.slice(0, -1).map(({ hasComma }) => hasComma));
  const last = new Set([mine, other].flatMap((list) => list.at(-1)?.hasComma ?? []));
  const hasCommas = commas.includes(true) || last.has(true);
  // Lists with and without commas in one place: nobody knows how it is meant.
  if (last.size > 1 || commas.includes(!hasCommas)) return null;
  const comma = (at: number) => (hasCommas && (last.has(true) || at < entries.length - 1) ? ',' : '');
  return entries.map(({ text }, at) => `${text}${comma(at)}${end}`);
}
