import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { formatNoun } from '../../lib/format.ts';
import { useIsNarrow } from '../../lib/use-is-narrow.ts';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { TextArea } from '../../ui/field.tsx';
import { LookWord } from '../../ui/state-word.tsx';
import {
  chosenLines,
  type Difference,
  type HunkChoice,
  type SideNames,
  textToEdit,
} from './conflict-draft.ts';
import { ConflictLines } from './conflict-lines.tsx';
import type { HunkStart } from './conflict-view.ts';

/** One place where the sides differ, and what can be done with it. */
export interface DifferenceProps {
  readonly hunk: Difference;
  /** Its number among the differences, from 1. */
  readonly number: number;
  readonly choice: HunkChoice | null;
  readonly start: HunkStart;
  readonly names: SideNames;
  readonly isLast: boolean;
  readonly isCurrent: boolean;
  /** Whether it is to be brought into view as the current one. */
  readonly isSought: boolean;
  readonly isEditing: boolean;
  readonly showsBase: boolean;
  /** It is settled: nothing can be chosen until that is undone. */
  readonly isFrozen: boolean;
  readonly onFocus: () => void;
  readonly onChoose: (choice: HunkChoice | null) => void;
  readonly onEdit: (isEditing: boolean) => void;
}

function Side({
  side,
  hunk,
  number,
  choice,
  start,
  names,
  isFrozen,
  onChoose,
}: DifferenceProps & { readonly side: 'ours' | 'theirs' }) {
  const isTaken = choice?.take === side || choice?.take === 'both';
  return (
    <div className="conflict-cell" data-column={side}>
      <div className="conflict-bar" data-column={side}>
        <span className="cut grow" title={names[side]}>
          {names[side]}
        </span>
        {!isFrozen && (
          <Button
            size="sm"
            aria-pressed={isTaken}
            aria-label={`${isTaken ? 'Taken' : 'Take this'}: ${names[side]}, place ${number}`}
            onClick={() => onChoose({ take: side })}
          >
            {isTaken ? 'Taken' : 'Take this'}
          </Button>
        )}
      </div>
      {hunk[side].length === 0 ? (
        <p className="conflict-void">no lines here</p>
      ) : (
        <ConflictLines lines={hunk[side]} start={start[side]} tone={side} />
      )}
    </div>
  );
}

function Editor({ hunk, number, choice, onChoose, onEdit }: DifferenceProps) {
  const text = textToEdit(hunk, choice);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onEdit(false);
  };
  return (
    <div className="conflict-editor">
      <TextArea
        label={`Lines of place ${number}, by hand`}
        quietLabel
        className="mono"
        rows={Math.min(24, Math.max(3, text.split('\n').length))}
        value={text}
        autoFocus
        spellCheck={false}
        onChange={(event) => onChoose({ take: 'edited', text: event.target.value })}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

function ChosenLines({ hunk, choice, start, isLast }: DifferenceProps) {
  if (choice === null) return null;
  if (choice.take === 'both')
    return (
      <>
        <ConflictLines lines={hunk.ours} start={start.result} tone="ours" />
        <ConflictLines lines={hunk.theirs} start={start.result + hunk.ours.length} tone="theirs" />
      </>
    );
  const lines = chosenLines(hunk, choice, isLast);
  if (lines.length === 0) return <p className="conflict-void">nothing: the lines are left out</p>;
  return <ConflictLines lines={lines} start={start.result} tone={choice.take} />;
}

const WORDS = { ours: 'Left', theirs: 'Right', both: 'Both, left first', edited: 'By hand' } as const;

function ResultActs({ number, choice, isEditing, onChoose, onEdit }: DifferenceProps) {
  const name = `place ${number}`;
  if (isEditing)
    return (
      <Button size="sm" aria-label={`Done with ${name}`} onClick={() => onEdit(false)}>
        Done
      </Button>
    );
  return (
    <>
      {choice?.take !== 'both' && (
        <Button size="sm" aria-label={`Both, ${name}`} onClick={() => onChoose({ take: 'both' })}>
          Both
        </Button>
      )}
      <Button size="sm" aria-label={`Edit ${name} by hand`} onClick={() => onEdit(true)}>
        Edit
      </Button>
      {choice !== null && (
        <Button
          size="sm"
          variant="ghost"
          aria-label={`Undo the choice, ${name}`}
          onClick={() => onChoose(null)}
        >
          Undo
        </Button>
      )}
    </>
  );
}

function ResultBar(props: DifferenceProps) {
  const { number, choice, isFrozen } = props;
  const open = <LookWord look="conflict" word={`Place ${number}: not decided`} />;
  return (
    <div className="conflict-bar" data-column="result">
      <span className="grow cut">
        {choice === null
          ? isFrozen
            ? `Place ${number}: settled`
            : open
          : `Place ${number}: ${WORDS[choice.take]}`}
      </span>
      {!isFrozen && <ResultActs {...props} />}
    </div>
  );
}

function NotDecided({ hunk, isFrozen }: DifferenceProps) {
  return (
    <p className="conflict-void">
      {isFrozen
        ? 'as it was kept'
        : `${formatNoun(hunk.ours.length, 'line')} at the left, ${hunk.theirs.length} at the right`}
    </p>
  );
}

function Base({ hunk }: DifferenceProps) {
  return hunk.base.length === 0 ? (
    <p className="conflict-void">nothing was here before</p>
  ) : (
    <ConflictLines lines={hunk.base} start={null} tone="base" />
  );
}

function bodyOf(props: DifferenceProps): ReactNode {
  if (props.isEditing) return <Editor {...props} />;
  if (props.showsBase) return <Base {...props} />;
  return props.choice === null ? <NotDecided {...props} /> : <ChosenLines {...props} />;
}

function Result(props: DifferenceProps) {
  return (
    <div className="conflict-cell" data-column="result">
      <ResultBar {...props} />
      {bodyOf(props)}
    </div>
  );
}

/** One place where the two sides differ: left, result, right. */
export function DifferenceRow(props: DifferenceProps) {
  const { number, isCurrent, isSought, onFocus } = props;
  const isNarrow = useIsNarrow();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isSought) box.current?.scrollIntoView({ block: 'nearest' });
  }, [isSought]);
  const [ours, result, theirs] = [
    <Side key="ours" side="ours" {...props} />,
    <Result key="result" {...props} />,
    <Side key="theirs" side="theirs" {...props} />,
  ];
  return (
    <div
      ref={box}
      role="group"
      aria-label={`Place ${number}`}
      aria-current={isCurrent ? 'true' : undefined}
      className={classes('conflict-row conflict-difference', isCurrent && 'conflict-current')}
      onFocus={onFocus}
    >
      {/* One below the other, the result comes after what it is made of. */}
      {isNarrow ? [ours, theirs, result] : [ours, result, theirs]}
    </div>
  );
}
