import './state-icon.css';
import type { TaskState } from '@thalogos/contracts';
import { classes } from './classes.ts';
import { StateIcon } from './state-icon.tsx';
import { type StateLook, TASK_LOOKS } from './task-look.ts';

/** A look's icon and its word, as plain text or as a chip. */
export function LookWord({
  look,
  word,
  isChip = false,
}: {
  readonly look: StateLook;
  readonly word: string;
  readonly isChip?: boolean;
}) {
  return (
    <span className={classes('state-word', isChip && 'state-chip')} data-st={look}>
      <StateIcon look={look} size={14} />
      {word}
    </span>
  );
}

/** What a task is doing, as icon and word. */
export function StateWord({
  state,
  isChip = false,
}: {
  readonly state: TaskState;
  readonly isChip?: boolean;
}) {
  const { look, word } = TASK_LOOKS[state];
  return <LookWord look={look} word={word} isChip={isChip} />;
}
