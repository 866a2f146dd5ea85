import { expect, it } from 'vitest';
import { makeKeyboard, type PressPlace } from './keyboard.ts';

const FREE: PressPlace = { isTyping: false, isInDialog: false, isRepeat: false };

function type(...bindings: readonly string[]) {
  let now = 0;
  const done: string[] = [];
  const keyboard = makeKeyboard(() => now);
  const bind = (keys: string, name = keys) =>
    keyboard.add({
      keys,
      isSingle: !keys.includes('mod+'),
      isForDialogs: keys === 'mod+k',
      act: () => done.push(name),
    });
  for (const keys of bindings) bind(keys);
  return {
    ...{ bind, done },
    press: (key: string, place: Partial<PressPlace> = {}) => keyboard.press(key, { ...FREE, ...place }),
    wait: (ms: number) => {
      now += ms;
    },
  };
}

it('does nothing else with a key that ends a sequence', () => {
  const { press, done } = type('g>i', 'i');
  expect([press('g'), press('i'), press('i')]).toEqual([false, true, true]);
  expect(done).toEqual(['g>i', 'i']);
});

it('forgets the beginning of a sequence after a while, and after a key that does not go on with it', () => {
  const { press, done, wait } = type('g>i', 'i', 't');
  press('g');
  wait(1_300);
  press('i');
  press('g');
  press('t');
  press('i');
  expect(done).toEqual(['i', 't', 'i']);
});

it('rests while a person types, but for keys with Ctrl', () => {
  const { press, done } = type('i', 'mod+k');
  press('i', { isTyping: true });
  press('mod+k', { isTyping: true });
  expect(done).toEqual(['mod+k']);
});

it('rests under a dialog, but for what belongs to dialogs', () => {
  const { press, done } = type('i', 'mod+s', 'mod+k');
  for (const key of ['i', 'mod+s', 'mod+k']) press(key, { isInDialog: true });
  expect(done).toEqual(['mod+k']);
});

it('gives keys that two have to the one that came last, and back when that goes', () => {
  const { press, done, bind } = type('n');
  const stop = bind('n', 'later');
  press('n');
  stop();
  press('n');
  expect(done).toEqual(['later', 'n']);
});

it('moves on while a key is held, and acts once on any other', () => {
  const { press, done } = type('j', '.');
  for (const key of ['j', '.']) for (const isRepeat of [false, true, true]) press(key, { isRepeat });
  expect(done).toEqual(['j', 'j', 'j', '.']);
});
