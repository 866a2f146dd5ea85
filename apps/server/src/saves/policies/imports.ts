import { type ImportLine, importSyntaxOf } from './import-syntax.ts';
import { commonEnd, type Lines, textOf } from './lines.ts';
import type { HunkRule } from './settle-hunks.ts';

type Read = ImportLine & { readonly line: string };

/**
 * A hunk of nothing but imports, to which both sides only added: all of them, sorted where they
 * were sorted. Two imports that give one name to different things, or take from one place in
 * two ways, are for a person.
 */
export const settleImports: HunkRule = ({ base, ours, theirs }, { path, before, after }) => {
  const syntax = importSyntaxOf(path);
  const end = commonEnd([...base, ...ours, ...theirs]);
  if (syntax === null || end === null) return null;
  const read = (lines: Lines) => readAll(lines, (line) => syntax(line));
  const [was, mine, other] = [read(base), read(ours), read(theirs)];
  if (was === null || mine === null || other === null) return null;
  const merged = mergeImports(was, mine, other);
  if (merged === null) return null;
  const around = [...before, ...after].flatMap((line) => syntax(textOf(line)) ?? []);
  if (isNamedTwice([...merged, ...around]) || isTakenTwice({ was, mine, other })) return null;
  return order(merged, { mine, other }).map(({ line }) => `${line}${end}`);
};

function readAll(lines: Lines, syntax: (line: string) => ImportLine | null): Read[] | null {
  const found = lines.map(textOf).flatMap((line) => {
    const parsed = syntax(line);
    return parsed === null ? [] : [{ ...parsed, line }];
  });
  return found.length === lines.length ? found : null;
}

/** Everything that both sides import; null where one of them took something away that the other kept. */
function mergeImports(
  was: readonly Read[],
  ours: readonly Read[],
  theirs: readonly Read[],
): readonly Read[] | null {
  const keeps = (side: readonly Read[]) =>
    was.every((one) =>
      side.some(
        (other) => isFrameOf(one, other) && (one.names ?? []).every((name) => other.names?.includes(name)),
      ),
    );
  if (!keeps(ours) || !keeps(theirs)) return null;
  const joined = ours.map((one) => {
    const twin = theirs.find((other) => isFrameOf(one, other));
    return twin === undefined ? one : joinNames(one, twin);
  });
  return [...joined, ...theirs.filter((one) => !ours.some((other) => isFrameOf(one, other)))];
}

function isFrameOf(a: ImportLine, b: ImportLine): boolean {
  return a.frame[0] === b.frame[0] && a.frame[1] === b.frame[1];
}

/** The same import with the names of both. */
function joinNames(ours: Read, theirs: Read): Read {
  if (ours.names === null || theirs.names === null) return ours;
  const added = theirs.names.filter((name) => !ours.names?.includes(name));
  if (added.length === 0) return ours;
  const all = [...ours.names, ...added];
  const names = [ours.names, theirs.names].every((list) => isSorted(list, plain)) ? all.toSorted(plain) : all;
  const [before, after] = ours.frame;
  const blank = /\{ /.test(ours.line) ? ' ' : '';
  const binds = [...ours.binds, ...theirs.binds.filter((name) => !ours.binds.includes(name))];
  return { ...ours, names, binds, line: `${before}${blank}${names.join(', ')}${blank}${after}` };
}

/** Whether a name would stand for two things. */
function isNamedTwice(imports: readonly ImportLine[]): boolean {
  const names = imports.flatMap(({ binds }) => binds);
  return new Set(names).size < names.length;
}

/** Whether the two sides began to import from one place on two different lines. */
function isTakenTwice({ was, mine, other }: Record<'was' | 'mine' | 'other', readonly Read[]>): boolean {
  const added = (side: readonly Read[]) => side.filter((one) => !was.some((old) => isFrameOf(one, old)));
  return added(mine).some((one) =>
    added(other).some(
      (twin) => one.source === twin.source && isType(one) === isType(twin) && !isFrameOf(one, twin),
    ),
  );
}

/** Types are imported beside values on purpose. */
function isType({ line }: Read): boolean {
  return /^(import|export) type\b/.test(line);
}

/** In the order of both sides' lists where those have one; else `ours` first. */
function order(
  merged: readonly Read[],
  { mine, other }: { mine: readonly Read[]; other: readonly Read[] },
): readonly Read[] {
  const keys: ((one: Read) => string)[] = [({ source }) => source, ({ line }) => line];
  const key = keys.find((of) => [mine, other].every((side) => isSorted(side.map(of), plain)));
  return key === undefined ? merged : merged.toSorted((a, b) => plain(key(a), key(b)));
}

function isSorted(list: readonly string[], by: (a: string, b: string) => number): boolean {
  return list.every((one, at) => at === 0 || by(list[at - 1] ?? '', one) <= 0);
}

function plain(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
