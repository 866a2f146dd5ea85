import { useShownKeys } from '../lib/keymap-state.ts';
import type { ShortcutId } from '../lib/keys.ts';
import { Kbd } from '../ui/kbd.tsx';

/** The keys of a shortcut as they are now; nothing where it is switched off or there is none. */
export function Keys({ of }: { readonly of: ShortcutId | null }) {
  const keys = useShownKeys(of);
  return keys === undefined ? null : <Kbd>{keys}</Kbd>;
}
