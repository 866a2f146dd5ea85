import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { type Keymap, keysOf, readKeymap, shownOf } from './keymap.ts';
import { type ShortcutId, shortcut } from './keys.ts';

/** The keys that a person has changed, kept in this browser. */
export const useKeymap = create<{ readonly changed: Keymap }>()(
  persist((): { changed: Keymap } => ({ changed: {} }), {
    name: 'thalogos.keys',
    // What an older or a newer page has left is read as far as it is understood.
    merge: (stored) => ({
      changed: readKeymap(
        typeof stored === 'object' && stored !== null && 'changed' in stored ? stored.changed : {},
      ),
    }),
  }),
);

/** Gives shortcuts other keys, or none with null. */
export function changeKeys(changes: Keymap): void {
  useKeymap.setState(({ changed }) => ({ changed: { ...changed, ...changes } }));
}

/** Gives one shortcut its own keys back, or all of them. */
export function resetKeys(id?: string): void {
  useKeymap.setState(({ changed }) => ({
    changed:
      id === undefined ? {} : Object.fromEntries(Object.entries(changed).filter(([one]) => one !== id)),
  }));
}

/** The keys of a shortcut as they are printed now; undefined where it is switched off, or where there is none. */
export function useShownKeys(id: ShortcutId | null): string | undefined {
  const keys = useKeymap(({ changed }) => (id === null ? null : keysOf(shortcut(id), changed)));
  return keys === null ? undefined : shownOf(keys);
}
