import { expect, it } from 'vitest';
import { Pace } from './pace.ts';

it('lets a crowd begin in its order, and the event loop come round meanwhile', async () => {
  const pace = new Pace();
  const begun: number[] = [];
  let turns = 0;
  const count = () => {
    turns += 1;
    if (begun.length < 100) setImmediate(count);
  };
  setImmediate(count);
  await Promise.all(
    Array.from({ length: 100 }, async (_, place) => {
      await pace.enter();
      begun.push(place);
    }),
  );
  expect(begun).toEqual(Array.from({ length: 100 }, (_, place) => place));
  expect(turns).toBeGreaterThan(3);
});

it('lets who comes alone begin at once', async () => {
  const pace = new Pace();
  let hasTurned = false;
  for (let place = 0; place < 3; place += 1) {
    setImmediate(() => (hasTurned = true));
    await pace.enter();
    expect(hasTurned).toBe(false);
    await new Promise(setImmediate);
    hasTurned = false;
  }
});
