import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { moveLink, useLive } from './live-state.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  moveLink('live');
  vi.useRealTimers();
});

const lossAfter = (ms: number) => {
  vi.advanceTimersByTime(ms);
  return useLive.getState().loss;
};

it('says nothing of a short blink, then shows a dot, then a banner', () => {
  moveLink('live');
  moveLink('reconnecting');
  expect([lossAfter(1_999), lossAfter(1), lossAfter(5_999), lossAfter(1)]).toEqual([
    ...['none', 'dot', 'dot', 'banner'],
  ]);
  moveLink('live');
  expect([useLive.getState().loss, useLive.getState().lostAt, lossAfter(20_000)]).toEqual([
    'none',
    null,
    'none',
  ]);
});

it('counts from the first loss, however often it is tried again and whatever the clock says', () => {
  moveLink('reconnecting');
  expect(lossAfter(2_000)).toBe('dot');
  vi.setSystemTime(0);
  moveLink('reconnecting');
  expect([lossAfter(5_999), lossAfter(1)]).toEqual(['dot', 'banner']);
});

it('shows the banner at once when the machine itself is offline', () => {
  moveLink('offline');
  expect(useLive.getState().loss).toBe('banner');
});
