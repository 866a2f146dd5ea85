import type { TimelineFilter } from '@thalogos/contracts';

/** What one looks for, as it stands in the address; null where nothing is asked. */
export interface FilterWords {
  readonly q: string | null;
  readonly agent: string | null;
  readonly kind: string | null;
  readonly by: string | null;
  /** Days as `2026-11-20`. */
  readonly since: string | null;
  readonly until: string | null;
}

/** The kinds of entries that one can look for, and what they are called. */
export const KIND_CHOICES = [
  ['save', 'Saves'],
  ['restore', 'Restores'],
  ['failed', 'Saves that stopped'],
  ['promotion', 'Promotions'],
] as const satisfies readonly (readonly [NonNullable<TimelineFilter['kind']>, string])[];

const DAY_MS = 24 * 3_600_000;

/** Words of the address as the server takes them; what makes no sense narrows nothing. Days are those of this place. */
export function toFilter({ q, agent, kind, by, since, until }: FilterWords): TimelineFilter {
  const found = KIND_CHOICES.find(([id]) => id === kind)?.[0];
  const [from, to] = [startOf(since), startOf(until)];
  return {
    ...(q === null || q.trim() === '' ? {} : { text: q.trim().slice(0, 200) }),
    ...(agent === null ? {} : { agent }),
    ...(by === null ? {} : { person: by }),
    ...(found === undefined ? {} : { kind: found }),
    ...(from === null ? {} : { since: from }),
    // The day itself is meant as well; a day of 23 or 25 hours begins where it begins.
    ...(to === null ? {} : { until: new Date(to + DAY_MS + DAY_MS / 8).setHours(0, 0, 0, 0) }),
  };
}

/** Whether anything is looked for. */
export function isNarrowed(words: FilterWords): boolean {
  return Object.keys(toFilter(words)).length > 0;
}

function startOf(day: string | null): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '');
  if (parts === null) return null;
  const at = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])).getTime();
  return Number.isNaN(at) ? null : at;
}
