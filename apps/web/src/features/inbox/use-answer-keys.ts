import { useState } from 'react';
import { useKey } from '../../lib/use-key.ts';
import type { Answers } from './inbox-view.ts';

interface AnswerKeys {
  readonly answers: Answers;
  /** Only the card that is open listens. */
  readonly isOn: boolean;
  readonly onChoose: (choice: string) => void;
  readonly onDeny: () => void;
}

/** Keys pressed within this long (ms) after a card opened were meant for the one before it. */
const SETTLE_MS = 600;

/** `a` allows, `A` allows and remembers, `x` begins to deny with a reason. */
export function useAnswerKeys({ answers, isOn, onChoose, onDeny }: AnswerKeys): void {
  const { allow, remember, deny } = answers;
  const [openedAt] = useState(() => Date.now());
  const once = (act: () => void) => () => {
    if (Date.now() - openedAt > SETTLE_MS) act();
  };
  useKey(
    'inbox-approve',
    once(() => allow !== null && onChoose(allow.id)),
    isOn && allow !== null,
  );
  useKey(
    'inbox-remember',
    once(() => remember !== null && onChoose(remember.id)),
    isOn && remember !== null,
  );
  useKey('inbox-deny', once(onDeny), isOn && deny !== null);
}
