import { expect, it } from 'vitest';
import { lossOf } from './live-state.ts';

it('says nothing of a short blink, then shows a dot, then a banner', () => {
  const lost = { link: 'reconnecting', lostAt: 10_000 } as const;
  expect([11_999, 12_000, 17_999, 18_000].map((now) => lossOf(lost, now))).toEqual([
    'none',
    'dot',
    'dot',
    'banner',
  ]);
});

it('shows the banner at once when the machine itself is offline', () => {
  expect(lossOf({ link: 'offline', lostAt: 10_000 }, 10_001)).toBe('banner');
});
