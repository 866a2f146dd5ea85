import { expect, it } from 'vitest';
import { newEvent } from '../types/new-event.ts';
import { MemoryEventLog } from './memory-event-log.ts';

it('lets the oldest events go when it holds more than it may, and numbers on as if they were there', async () => {
  const log = new MemoryEventLog({ maxBytes: 10_000 });
  for (let turn = 0; turn < 100; turn += 1)
    await log.append([newEvent({ topic: 'a', payload: 'x'.repeat(500) })]);
  const [size, first, last] = await Promise.all([log.sizeBytes(), log.first(), log.last()]);
  expect(size).toBeLessThanOrEqual(10_000);
  expect([first > 75, last]).toEqual([true, 100]);
  expect((await log.after(0)).map(({ seq }) => seq)).toEqual(
    Array.from({ length: last - first + 1 }, (_, place) => first + place),
  );
});
