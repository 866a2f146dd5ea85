import { type KeyScope, type Shortcut, SHORTCUTS } from './keys.ts';

/** What a person has changed: other keys for a shortcut, or null where it is switched off. */
export type Keymap = Readonly<Record<string, string | null>>;

const NAMES: Readonly<Record<string, string>> = {
  escape: 'Esc',
  enter: 'Enter',
  space: 'Space',
  plus: '+',
  greater: '>',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
};

/** The keys of a shortcut now; null where it is switched off. */
export function keysOf({ id, keys }: Pick<Shortcut, 'id' | 'keys'>, map: Keymap): string | null {
  const changed = map[id];
  return changed === undefined ? keys : changed;
}

function printed(press: string): string {
  const parts = press.split('+');
  const name = parts.at(-1) ?? press;
  const rest = parts.slice(0, -1);
  if (rest.join() === 'shift' && /^[a-z]$/.test(name)) return name.toUpperCase();
  return rest.length === 0 ? (NAMES[name] ?? name) : [...rest, name].join('+');
}

/** Keys as they are printed: `g m`, `A`, `mod+k` (whose parts are drawn one by one). */
export function shownOf(keys: string): string {
  return keys.split('>').map(printed).join(' ');
}

const inside: Readonly<Record<KeyScope, readonly KeyScope[]>> = {
  everywhere: ['everywhere', 'list', 'inbox', 'review', 'conflict'],
  list: ['everywhere', 'list', 'inbox', 'review'],
  inbox: ['everywhere', 'list', 'inbox'],
  review: ['everywhere', 'list', 'review'],
  conflict: ['everywhere', 'conflict'],
};

const startsWith = (long: string, short: string) => long === short || long.startsWith(`${short}>`);

/** The shortcut that has these keys already where `id` would listen, or begins with them; null where they are free. */
export function clashOf(id: string, keys: string, map: Keymap): Shortcut | null {
  const scope = SHORTCUTS.find((one) => one.id === id)?.scope ?? 'everywhere';
  const clash = SHORTCUTS.find((other) => {
    const theirs = keysOf(other, map);
    return (
      other.id !== id &&
      theirs !== null &&
      inside[scope].includes(other.scope) &&
      (startsWith(theirs, keys) || startsWith(keys, theirs))
    );
  });
  return clash ?? null;
}

/** A map that was read from somewhere: what it says of shortcuts that there are, in words that could be keys. */
export function readKeymap(stored: unknown): Keymap {
  if (typeof stored !== 'object' || stored === null) return {};
  const known = new Set(SHORTCUTS.filter((one) => !one.isFixed).map((one) => one.id));
  return Object.fromEntries(
    Object.entries(stored).filter(
      ([id, keys]) =>
        known.has(id) && (keys === null || (typeof keys === 'string' && /^\S{1,40}$/.test(keys))),
    ),
  );
}
