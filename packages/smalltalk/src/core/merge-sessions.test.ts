import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeMessage, makeSession } from '../conformance/session-samples.ts';
import type { Session } from '../types/session.ts';
import { toStored } from './live-session.ts';
import { mergeRecords } from './merge-records.ts';
import { mergeSessions } from './merge-sessions.ts';

const anyFields = fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), fc.jsonValue({ maxDepth: 2 }), {
  maxKeys: 4,
});

describe('merging records', () => {
  it('takes what only one side changed, deletions too, and names what both did', () => {
    const base = { same: 1, mine: 1, theirs: 1, both: 1, goneMine: 1, goneTheirs: 1, deep: { x: 1, y: 1 } };
    const mine = { same: 1, mine: 2, theirs: 1, both: 2, goneTheirs: 1, deep: { x: 2, y: 1 }, newMine: 1 };
    const theirs = { same: 1, mine: 1, theirs: 2, both: 3, goneMine: 1, deep: { x: 1, y: 2 }, newTheirs: 1 };
    expect(mergeRecords({ base, mine, theirs })).toEqual({
      value: { same: 1, mine: 2, theirs: 2, both: 2, deep: { x: 2, y: 2 }, newMine: 1, newTheirs: 1 },
      overlaps: ['both'],
    });
  });

  it('gives the one side when the other changed nothing', () => {
    fc.assert(
      fc.property(anyFields, anyFields, (base, changed) => {
        expect(mergeRecords({ base, mine: changed, theirs: base })).toEqual({
          value: { ...changed },
          overlaps: [],
        });
        expect(mergeRecords({ base, mine: base, theirs: changed })).toEqual({
          value: { ...changed },
          overlaps: [],
        });
      }),
    );
  });

  it('agrees whoever merges, as long as nothing overlaps', () => {
    fc.assert(
      fc.property(anyFields, anyFields, anyFields, (base, one, two) => {
        const there = mergeRecords({ base, mine: one, theirs: two });
        const back = mergeRecords({ base, mine: two, theirs: one });
        expect(new Set(there.overlaps)).toEqual(new Set(back.overlaps));
        if (there.overlaps.length === 0) expect(there.value).toEqual(back.value);
      }),
    );
  });
});

describe('merging sessions', () => {
  it('keeps every message of both sides once, each side in its order', () => {
    fc.assert(
      fc.property(fc.nat(8), fc.nat(8), fc.nat(8), (common, mineAdds, theirsAdds) => {
        const [start, mineNew, theirsNew] = [messages(common), messages(mineAdds), messages(theirsAdds)];
        const session = makeSession({ conversationHistory: start });
        const { session: merged } = mergeSessions({
          base: toStored(session),
          mine: { ...session, conversationHistory: [...start, ...mineNew] },
          theirs: { ...session, conversationHistory: [...start, ...theirsNew], version: 2 },
        });
        expect(merged.conversationHistory).toEqual([...start, ...theirsNew, ...mineNew]);
        expect(merged.version).toBe(2);
      }),
    );
  });

  it('knows an entry of its own again when nobody knows what was stored before', () => {
    const [one, two, three] = messages(3);
    const session = makeSession();
    const { session: merged } = mergeSessions({
      base: undefined,
      mine: { ...session, conversationHistory: [one!, three!] },
      theirs: { ...session, conversationHistory: [one!, two!] },
    });
    expect(merged.conversationHistory).toEqual([one, two, three]);
  });

  it('lets agents join and leave on both sides, and what has ended stay ended', () => {
    const session = makeSession({ agentIds: ['a', 'b', 'c'] });
    const { session: merged, overlaps } = mergeSessions({
      base: toStored(session),
      mine: { ...session, agentIds: ['a', 'c', 'mine'], state: 'paused' },
      theirs: { ...session, agentIds: ['a', 'b', 'theirs'], state: 'closed' },
    });
    expect([merged.agentIds, merged.state, overlaps]).toEqual([['a', 'theirs', 'mine'], 'closed', ['state']]);
  });
});

function messages(count: number): Session['conversationHistory'] {
  return Array.from({ length: count }, (_, index) => makeMessage(String(index)));
}
