import { describe, expect, it } from 'vitest';
import { blockOf, nextStop, stepFrom } from './playback.ts';

const events = [
  { seq: 3, at: 1000 },
  { seq: 4, at: 1800 },
  { seq: 7, at: 1810 },
  { seq: 9, at: 99_000 },
];

describe('a replay that plays', () => {
  it('waits as long as it took, or a fraction of it', () => {
    expect(nextStop(events, { seq: 3, now: 1000 }, 1)).toEqual({ seq: 4, waitMs: 800 });
    expect(nextStop(events, { seq: 3, now: 1000 }, 4)).toEqual({ seq: 4, waitMs: 200 });
  });

  it('shows at once what comes within one picture', () => {
    expect(nextStop(events, { seq: 3, now: 1799 }, 1)).toEqual({ seq: 7, waitMs: 50 });
  });

  it('cuts long pauses short', () =>
    expect(nextStop(events, { seq: 7, now: 1810 }, 16)).toEqual({ seq: 9, waitMs: 1500 }));

  it('has nowhere to go after the last event', () =>
    expect(nextStop(events, { seq: 9, now: 99_000 }, 1)).toBeNull());
});

describe('a step', () => {
  it('goes to the next event, wherever one stands between two', () => {
    expect([0, 3, 5, 9].map((seq) => stepFrom(events, seq, 1))).toEqual([3, 4, 7, null]);
  });

  it('goes back to the one before', () => {
    expect([3, 4, 5, 99].map((seq) => stepFrom(events, seq, -1))).toEqual([null, 3, 4, 9]);
  });
});

it('knows the block of an event', () => expect([0, 511, 512, 1030].map(blockOf)).toEqual([0, 0, 512, 1024]));
