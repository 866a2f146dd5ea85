import { createContext, useContext, useEffect, useEffectEvent } from 'react';
import { useInterface } from './interface-state.ts';
import { listenForKeys } from './keyboard.ts';
import { keysOf } from './keymap.ts';
import { useKeymap } from './keymap-state.ts';
import { isSingleKeys, type ShortcutId, shortcut } from './keys.ts';

/** Whether shortcuts of this part of the page listen: of several panels side by side only one does. */
export const KeysAwake = createContext(true);

/** Does `act` on a shortcut of the registry while the component is shown. Single keys rest while typing and can be switched off. */
export function useKey(id: ShortcutId, act: () => void, isOn = true): void {
  const isAwake = useContext(KeysAwake);
  const keys = useKeymap(({ changed }) => keysOf(shortcut(id), changed));
  const singleKeysOn = useInterface((state) => state.singleKeysOn);
  const isSingle = keys !== null && isSingleKeys(keys);
  const listens = isOn && isAwake && keys !== null && (!isSingle || singleKeysOn);
  const now = useEffectEvent(act);
  useEffect(() => {
    if (!listens) return undefined;
    return listenForKeys({ keys, isSingle, isForDialogs: id === 'palette', act: () => now() });
  }, [listens, keys, isSingle, id]);
}
