import { isDeepStrictEqual } from 'node:util';

type Fields = Readonly<Record<string, unknown>>;

/** Two changes of one record brought together; `overlaps` names what both changed, where `mine` was taken. */
export type Merged = { readonly value: Record<string, unknown>; readonly overlaps: readonly string[] };

const ABSENT = Symbol('absent');

/** Brings two changes of a record together, field by field; without a common base every difference is a change. */
export function mergeRecords(
  { base = {}, mine, theirs }: { base?: Fields | undefined; mine: Fields; theirs: Fields },
  path = '',
): Merged {
  const overlaps: string[] = [];
  const merged = Object.keys({ ...theirs, ...mine }).map((key) => {
    const sides = { base: fieldOf(base, key), mine: fieldOf(mine, key), theirs: fieldOf(theirs, key) };
    const field = mergeField(sides, `${path}${key}`);
    overlaps.push(...field.overlaps);
    return [key, field.value] as const;
  });
  return { value: Object.fromEntries(merged.filter(([, value]) => value !== ABSENT)), overlaps };
}

function mergeField(
  { base, mine, theirs }: { base: unknown; mine: unknown; theirs: unknown },
  path: string,
): { value: unknown; overlaps: readonly string[] } {
  if (isDeepStrictEqual(mine, theirs) || isDeepStrictEqual(theirs, base))
    return { value: mine, overlaps: [] };
  if (isDeepStrictEqual(mine, base)) return { value: theirs, overlaps: [] };
  if (isFields(mine) && isFields(theirs))
    return mergeRecords({ base: isFields(base) ? base : {}, mine, theirs }, `${path}.`);
  return { value: mine, overlaps: [path] };
}

function fieldOf(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : ABSENT;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
