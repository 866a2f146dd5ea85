import type { KeyboardEvent } from 'react';
import { recall } from './history.ts';

/** What the keys of the composer's text do. */
export interface TextKeys {
  /** What was said before, newest first. */
  readonly said: readonly string[];
  readonly setText: (text: string) => void;
  readonly send: () => void;
  /** Whether the list of offers has taken the key. */
  readonly onOfferKey: (event: KeyboardEvent) => boolean;
}

/** The keys of the composer's text: what is offered, then what was said before, then sending. */
export function useTextKeys({ said, setText, send, onOfferKey }: TextKeys) {
  return (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isComposing(event) || onOfferKey(event) || event.shiftKey) return;
    const brought = bringBack(said, event);
    if (brought === null && event.key !== 'Enter') return;
    event.preventDefault();
    if (brought === null) send();
    else setText(brought);
  };
}

/** Safari ends a composition before it tells of the key that ended it, which is then only known by its old number. */
function isComposing({ nativeEvent, keyCode }: KeyboardEvent): boolean {
  return nativeEvent.isComposing || keyCode === 229;
}

function bringBack(said: readonly string[], event: KeyboardEvent<HTMLTextAreaElement>): string | null {
  const { key, currentTarget } = event;
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return null;
  const { value: text, selectionStart: start, selectionEnd: end } = currentTarget;
  return recall(said, key === 'ArrowUp' ? 'older' : 'newer', { text, start, end });
}
