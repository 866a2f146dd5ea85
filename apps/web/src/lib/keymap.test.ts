import { expect, it } from 'vitest';
import { clashOf, keysOf, readKeymap, shownOf } from './keymap.ts';
import { SHORTCUTS } from './keys.ts';

it('prints every key of the registry as the registry has it', () => {
  expect(SHORTCUTS.filter((one) => shownOf(one.keys) !== one.shown).map((one) => one.id)).toEqual([]);
});

it('gives a shortcut the keys that a person chose, or none', () => {
  const inspector = { id: 'inspector', keys: 'i' };
  expect([{}, { inspector: 'y' }, { inspector: null }].map((map) => keysOf(inspector, map))).toEqual([
    ...['i', 'y', null],
  ]);
});

it('knows which shortcut has keys already, where both would listen', () => {
  expect(clashOf('inspector', 't', {})?.id).toBe('strip');
  expect(clashOf('approve', 'n', {})?.id).toBe('next-file');
  expect(clashOf('approve', '1', {})).toBe(null);
  expect(clashOf('inspector', 't', { strip: null })).toBe(null);
  expect(clashOf('inspector', 'i', {})).toBe(null);
});

it('lets no shortcut hide behind the beginning of another', () => {
  expect(clashOf('inspector', 'g', {})?.id).toBe('go-mission');
  expect(clashOf('inspector', 't>x', {})?.id).toBe('strip');
});

it('has no clash of its own', () => {
  expect(SHORTCUTS.filter((one) => clashOf(one.id, one.keys, {}) !== null).map((one) => one.id)).toEqual([]);
});

it('reads no more of a stored map than what it knows', () => {
  expect(readKeymap({ strip: 'y', pause: null, gone: 'x', goal: 7, back: 'x', save: 'a b' })).toEqual({
    strip: 'y',
    pause: null,
  });
  for (const junk of [null, 'x', 7, [], undefined]) expect(readKeymap(junk)).toEqual({});
});
