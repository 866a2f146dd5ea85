import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeAt, type Use, usedWithin } from './usage-window.ts';

const minute = (now: number) => ({ windowMs: 60_000, limit: 100, now });

describe('a sliding window', () => {
  it('counts of what was used over a time the part that falls into it', () => {
    const uses = [{ from: 0, to: 120_000, amount: 100 }];
    expect(usedWithin(uses, 120_000, 60_000)).toBe(50);
    expect(usedWithin(uses, 180_000, 60_000)).toBe(0);
  });

  it('counts what is reserved wholly until it is known', () => {
    expect(usedWithin([{ from: 0, to: null, amount: 70 }], 10 ** 9, 60_000)).toBe(70);
  });

  it('has room at once, or when enough has left it', () => {
    const uses = [
      { from: 0, to: 0, amount: 60 },
      { from: 30_000, to: 30_000, amount: 40 },
    ];
    expect(freeAt(uses, 0, minute(31_000))).toBe(31_000);
    expect(freeAt(uses, 50, minute(31_000))).toBe(60_001);
    expect(freeAt(uses, 100, minute(31_000))).toBe(90_001);
  });

  it('lets what is larger than itself in alone, so that nothing waits for ever', () => {
    expect(freeAt([], 1000, minute(0))).toBe(0);
    expect(freeAt([{ from: 0, to: 0, amount: 1 }], 1000, minute(10))).toBe(60_001);
  });

  it('is looked at again after a whole window where only open runs are in it', () => {
    expect(freeAt([{ from: 0, to: null, amount: 80 }], 50, minute(1_000))).toBe(61_000);
  });

  it('never lets more in than its limit, whatever comes', () => {
    const wishes = fc.array(
      fc.record({ wait: fc.integer({ min: 0, max: 40_000 }), need: fc.integer({ min: 1, max: 100 }) }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(wishes, (coming) => {
        const uses: Use[] = [];
        let now = 0;
        for (const { wait, need } of coming) {
          now = Math.max(now + wait, freeAt(uses, need, minute(now + wait)));
          uses.push({ from: now, to: now, amount: need });
          if (usedWithin(uses, now, 60_000) > 100) return false;
        }
        return true;
      }),
    );
  });
});
