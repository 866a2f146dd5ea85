import { useHotkeys } from 'react-hotkeys-hook';
import { useInterface } from './interface-state.ts';
import { type ShortcutId, shortcut } from './keys.ts';

/** Does `act` on a shortcut of the registry while the component is shown. Single keys rest while typing and can be switched off. */
export function useKey(id: ShortcutId, act: () => void, isOn = true): void {
  const { keys, isSingle, isSign } = shortcut(id);
  const singleKeysOn = useInterface((state) => state.singleKeysOn);
  useHotkeys(keys, act, {
    enabled: isOn && (!isSingle || singleKeysOn),
    enableOnFormTags: !isSingle,
    enableOnContentEditable: !isSingle,
    useKey: isSign,
    ignoreModifiers: isSign,
    ignoreEventWhen: (event) => isSign && isCommand(event),
    preventDefault: true,
    sequenceTimeoutMs: 1200,
  });
}

/** Ctrl and Cmd with a sign are the browser's; AltGr, which some systems call Ctrl and Alt, only types one. */
function isCommand(event: KeyboardEvent): boolean {
  return event.metaKey || (event.ctrlKey && !event.getModifierState('AltGraph') && !event.altKey);
}
