import { expect, it } from 'vitest';
import { type KeyEvent, pressOf } from './key-press.ts';

const press = (init: Partial<KeyEvent> & { altGr?: boolean }): KeyEvent => ({
  ...{ key: '', code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
  getModifierState: (name) => name === 'AltGraph' && init.altGr === true,
  ...init,
});
const said = (init: Partial<KeyEvent> & { altGr?: boolean }, isMac = false) => pressOf(press(init), isMac);

it('knows letters, with Shift as a key of their own and Caps Lock as nothing', () => {
  expect(said({ key: 'a', code: 'KeyA' })).toBe('a');
  expect(said({ key: 'A', code: 'KeyA', shiftKey: true })).toBe('shift+a');
  expect(said({ key: 'A', code: 'KeyA' })).toBe('a');
});

it('knows signs by what is typed, wherever a layout has them', () => {
  expect(said({ key: '?', code: 'Minus', shiftKey: true })).toBe('?');
  expect(said({ key: '/', code: 'Digit7', shiftKey: true })).toBe('/');
  expect(said({ key: ']', code: 'Digit9', ctrlKey: true, altKey: true, altGr: true })).toBe(']');
  expect(said({ key: '1', code: 'Digit1', shiftKey: true })).toBe('1');
});

it('takes a letter of another script for the Latin one of the same key', () => {
  expect(said({ key: 'о', code: 'KeyJ' })).toBe('j');
  expect(said({ key: 'z', code: 'KeyY' })).toBe('z');
});

it('knows Cmd on a Mac and Ctrl elsewhere, and leaves the other one alone', () => {
  expect(said({ key: 'k', code: 'KeyK', ctrlKey: true })).toBe('mod+k');
  expect(said({ key: 'k', code: 'KeyK', metaKey: true }, true)).toBe('mod+k');
  expect(said({ key: 'k', code: 'KeyK', ctrlKey: true }, true)).toBe(null);
  expect(said({ key: 'k', code: 'KeyK', metaKey: true })).toBe(null);
  expect(said({ key: '∆', code: 'KeyJ', altKey: true }, true)).toBe('alt+j');
});

it('says nothing of a modifier, a dead key or an input method', () => {
  for (const key of ['Shift', 'Control', 'AltGraph', 'Dead', 'Process', 'Unidentified', 'Tab'])
    expect(said({ key, code: '' })).toBe(null);
});
