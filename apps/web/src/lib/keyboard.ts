import { pressOf } from './key-press.ts';

/** Whether this is a Mac, where Cmd takes the place of Ctrl. */
export const IS_MAC = /mac|iphone|ipad/i.test(globalThis.navigator?.userAgent ?? '');

/** One shortcut that listens now. */
export interface Binding {
  /** `j`, `mod+k`, `g>m`. */
  readonly keys: string;
  readonly isSingle: boolean;
  /** Listens while a dialog is open. */
  readonly isForDialogs: boolean;
  act(): void;
}

/** Where a press happened. */
export interface PressPlace {
  /** In a field that takes text, or in a menu or list that finds things by their letters. */
  readonly isTyping: boolean;
  readonly isInDialog: boolean;
  /** The key is held down. */
  readonly isRepeat: boolean;
}

/** Keys that come one after another belong together this long (ms). */
const SEQUENCE_MS = 1_200;
/** A key that is held down moves on; it never acts twice. */
const REPEATS = new Set(['j', 'k', 'n', 'p', ']', '[', 'left', 'right', 'up', 'down']);

/** Decides which shortcut a press is; of two that have the same keys the one that was added last. */
export function makeKeyboard(now: () => number) {
  const bindings: Binding[] = [];
  let before: { readonly keys: string; readonly at: number } | null = null;
  const listens = (binding: Binding, { isTyping, isInDialog }: PressPlace) =>
    (!isTyping || !binding.isSingle) && (!isInDialog || binding.isForDialogs);
  /** True where the press was a shortcut's: the browser then does nothing with it. */
  const press = (key: string, place: PressPlace): boolean => {
    const awake = bindings.filter((binding) => listens(binding, place));
    const first = before !== null && now() - before.at <= SEQUENCE_MS ? `${before.keys}>${key}` : null;
    before = null;
    // A key that ends a sequence is that sequence's and nobody else's: `g i` does not also open the inspector.
    for (const keys of first === null ? [key] : [first, key]) {
      const found = awake.findLast((binding) => binding.keys === keys);
      if (found !== undefined) {
        if (!place.isRepeat || REPEATS.has(keys)) found.act();
        return true;
      }
      if (awake.some((binding) => binding.keys.startsWith(`${keys}>`))) {
        before = { keys, at: now() };
        return false;
      }
    }
    return false;
  };
  const add = (binding: Binding): (() => void) => {
    bindings.push(binding);
    return () => void bindings.splice(bindings.indexOf(binding), 1);
  };
  return { add, press };
}

const FIELDS = 'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="textbox"]';
const LISTS = '[role="menu"], [role="listbox"], [role="combobox"]';
const QUIET_INPUTS = new Set(['checkbox', 'radio', 'button', 'submit', 'range', 'reset', 'file', 'color']);

function isTypingIn(target: EventTarget | undefined): boolean {
  if (!(target instanceof Element)) return false;
  if (target instanceof HTMLInputElement && QUIET_INPUTS.has(target.type)) return false;
  return target.closest(`${FIELDS}, ${LISTS}`) !== null;
}

const keyboard = makeKeyboard(() => performance.now());
let listeners = 0;

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const key = pressOf(event, IS_MAC);
  if (key === null) return;
  const place: PressPlace = {
    isTyping: isTypingIn(event.composedPath()[0]),
    isInDialog:
      document.querySelector('[role="dialog"][data-open], [role="alertdialog"][data-open]') !== null,
    isRepeat: event.repeat,
  };
  if (keyboard.press(key, place)) event.preventDefault();
}

/** Lets a shortcut listen, from this very moment; returns how it stops. */
export function listenForKeys(binding: Binding): () => void {
  if (listeners === 0) document.addEventListener('keydown', onKeyDown);
  listeners += 1;
  const remove = keyboard.add(binding);
  return () => {
    remove();
    listeners -= 1;
    if (listeners === 0) document.removeEventListener('keydown', onKeyDown);
  };
}
