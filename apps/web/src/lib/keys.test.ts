import { expect, it } from 'vitest';
import { SHORTCUTS } from './keys.ts';

it('gives no key two meanings in one place', () => {
  const clashes = SHORTCUTS.filter((one, at) =>
    SHORTCUTS.some(
      (other, index) =>
        index < at &&
        one.keys === other.keys &&
        (one.scope === other.scope || one.scope === 'everywhere' || other.scope === 'everywhere'),
    ),
  );
  expect(clashes).toEqual([]);
});

it('names every shortcut once', () => {
  expect(new Set(SHORTCUTS.map((one) => one.id)).size).toBe(SHORTCUTS.length);
});

it('lets single keys rest while typing, and no others', () => {
  expect(SHORTCUTS.filter((one) => !one.isSingle).map((one) => one.id)).toEqual([
    ...['palette', 'save', 'back', 'open', 'add-comment', 'conflict-keep'],
  ]);
});
