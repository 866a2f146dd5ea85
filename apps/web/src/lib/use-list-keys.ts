import type { RefObject } from 'react';
import { useKey } from './use-key.ts';

/** The place after `at` in a list of `count`, one step forward (1) or back (-1); it stops at the ends. */
export function stepIn(count: number, at: number, step: 1 | -1): number {
  if (at === -1) return step === 1 ? 0 : count - 1;
  return Math.min(count - 1, Math.max(0, at + step));
}

/** Lets `j` and `k` move the focus among the elements with `data-item` in a box; Enter then does what it does there. */
export function useListKeys(box: RefObject<HTMLElement | null>, isOn = true): void {
  const move = (step: 1 | -1) => {
    const items = [...(box.current?.querySelectorAll<HTMLElement>('[data-item]') ?? [])];
    const at = items.findIndex((item) => item.contains(document.activeElement));
    items[stepIn(items.length, at, step)]?.focus();
  };
  useKey('next', () => move(1), isOn);
  useKey('previous', () => move(-1), isOn);
}
