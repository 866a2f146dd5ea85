import type { ReviewFiles } from '@thalogos/contracts';
import { History, Undo2 } from 'lucide-react';
import { formatClock, formatNoun } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';

/** What is new to the person since they looked, and the way to see only that. */
export function SinceCard({
  looked,
  count,
  isOnly,
  onToggle,
  onLooked,
}: {
  readonly looked: NonNullable<ReviewFiles['looked']>;
  /** Files that changed since; null while nobody knows. */
  readonly count: number | null;
  readonly isOnly: boolean;
  readonly onToggle: () => void;
  readonly onLooked: () => void;
}) {
  return (
    <section className="review-card" aria-label="Changed since you looked">
      <b className="row">
        <History size={14} aria-hidden /> Changed since you looked
      </b>
      <span className="t2">
        {count === null ? 'Something' : formatNoun(count, 'file')}, after {formatClock(looked.at)}
        {looked.withMain && '; what came from main is among it, since the two could not be told apart'}
      </span>
      <span className="row wrap">
        <Button size="sm" aria-pressed={isOnly} keys="l" onClick={onToggle}>
          {isOnly ? 'Show all changes' : 'Show only these'}
        </Button>
        <Button size="sm" variant="ghost" onClick={onLooked}>
          I have looked
        </Button>
      </span>
    </section>
  );
}

/** What people changed in the result since its agent rested; the last step can be taken back. */
export function EditsCard({
  edits,
  block,
  isBusy,
  onUndo,
}: {
  readonly edits: ReviewFiles['edits'];
  readonly block: string | null;
  readonly isBusy: boolean;
  readonly onUndo: () => void;
}) {
  return (
    <section className="review-card" aria-label="Changed by hand">
      <b>Changed by hand</b>
      <ol className="review-edits">
        {edits.map((edit) => (
          <li key={`${edit.at} ${edit.what}`} title={edit.paths.join(', ')}>
            <span className="mono f11 t3">{formatClock(edit.at)}</span>
            <span className="cut grow">
              {edit.by} {edit.what}
            </span>
          </li>
        ))}
      </ol>
      <span className="row wrap">
        <Button size="sm" busy={isBusy} disabledBecause={block} onClick={onUndo}>
          <Undo2 size={12} aria-hidden /> Undo the last
        </Button>
      </span>
    </section>
  );
}
