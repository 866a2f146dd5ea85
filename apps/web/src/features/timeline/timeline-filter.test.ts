import { describe, expect, it } from 'vitest';
import { isNarrowed, toFilter } from './timeline-filter.ts';

const NOTHING = { q: null, agent: null, kind: null, by: null, since: null, until: null };

describe('what one looks for in the timeline', () => {
  it('is nothing where the address asks nothing, or nothing that makes sense', () => {
    expect(toFilter(NOTHING)).toEqual({});
    expect(isNarrowed({ ...NOTHING, q: '  ', kind: 'nonsense', since: 'yesterday' })).toBe(false);
  });

  it('is the words of the address', () => {
    expect(toFilter({ ...NOTHING, q: ' fares ', agent: 'codex', kind: 'restore', by: 'Mara' })).toEqual({
      text: 'fares',
      agent: 'codex',
      kind: 'restore',
      person: 'Mara',
    });
  });

  it('takes the whole of the first and the last day', () => {
    const { since, until } = toFilter({ ...NOTHING, since: '2026-11-20', until: '2026-11-20' });
    expect(since).toBe(new Date(2026, 10, 20).getTime());
    expect(until).toBe(new Date(2026, 10, 21).getTime());
  });
});
