import type { ThalogosEvent } from '@thalogos/contracts';
import { expect, it } from 'vitest';
import { makeReceiver } from './live-receiver.ts';

const event = (seq: number) => ({ seq, type: 'budget.reached' }) as unknown as ThalogosEvent;

function listen(from: number) {
  const told: string[] = [];
  const receiver = makeReceiver(from, {
    apply: ({ seq }) => told.push(`event ${seq}`),
    resync: () => told.push('resync'),
    seen: () => undefined,
    caughtUp: (count) => told.push(`caught up on ${count}`),
  });
  return { receiver, told };
}

it('takes each event once and in order, and nothing after a gap', () => {
  const { receiver, told } = listen(4);
  expect([4, 5, 5, 7, 6, 7].map((seq) => receiver.take(event(seq)))).toEqual([
    ...['known', 'taken', 'known', 'gap', 'taken', 'taken'],
  ]);
  expect(told).toEqual(['event 5', 'event 6', 'event 7']);
});

it('says what was missed once all of it is there, and counts only that', () => {
  const { receiver, told } = listen(1);
  receiver.lose();
  receiver.lose();
  receiver.back(3);
  for (const seq of [2, 3, 4]) receiver.take(event(seq));
  expect(told).toEqual(['event 2', 'event 3', 'caught up on 2', 'event 4']);
});

it('says nothing where nothing was missed', () => {
  const { receiver, told } = listen(1);
  receiver.lose();
  receiver.back(1);
  receiver.take(event(2));
  expect(told).toEqual(['event 2']);
});

it('counts what a new reading of everything has brought', () => {
  const { receiver, told } = listen(1);
  receiver.lose();
  receiver.back(900);
  receiver.jump(900, false);
  expect(told).toEqual(['resync', 'caught up on 899']);
});

it('goes back where the log was reset, and counts nothing then', () => {
  const { receiver, told } = listen(50);
  receiver.lose();
  receiver.jump(3, true);
  receiver.back(3);
  expect([receiver.take(event(4)), told]).toEqual(['taken', ['resync', 'event 4']]);
});
