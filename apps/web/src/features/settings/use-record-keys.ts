import { useEffect, useEffectEvent, useState } from 'react';
import { pressOf } from '../../lib/key-press.ts';
import { IS_MAC } from '../../lib/keyboard.ts';

/** A second key that comes this soon (ms) belongs to the first one. */
const SECOND_MS = 900;

/** Listens to what a person presses, one key or two after each other, instead of doing it. */
export function useRecordKeys(onRecorded: (keys: string) => void) {
  const [isOn, setOn] = useState(false);
  const [pressed, setPressed] = useState<string | null>(null);
  const stop = () => {
    setOn(false);
    setPressed(null);
  };
  const finish = useEffectEvent((keys: string) => {
    stop();
    onRecorded(keys);
  });
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'Tab') return stop();
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return stop();
    const press = pressOf(event, IS_MAC);
    if (press === null) return;
    if (pressed === null) setPressed(press);
    else finish(`${pressed}>${press}`);
  });
  useEffect(() => {
    if (!isOn) return undefined;
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener('keydown', listen, { capture: true });
    return () => document.removeEventListener('keydown', listen, { capture: true });
  }, [isOn]);
  useEffect(() => {
    if (pressed === null) return undefined;
    const timer = setTimeout(() => finish(pressed), SECOND_MS);
    return () => clearTimeout(timer);
  }, [pressed]);
  return { isOn, pressed, begin: () => setOn(true), cancel: stop };
}
