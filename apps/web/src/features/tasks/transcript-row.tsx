import type { Run, TranscriptBlock } from '@thalogos/contracts';
import { useState } from 'react';
import { formatClock, formatCount } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Block } from './block.tsx';
import { type AttemptLine, attemptBefore } from './transcript-rows.ts';
import { useWholeBlock } from './use-transcript.ts';

/** Bars where a block is still on its way. */
export function MissingRow() {
  return (
    <div className="block block-missing" aria-hidden>
      <span />
      <span className="skeleton-bar" />
    </div>
  );
}

function charactersOf({ text, output, diffs }: NonNullable<TranscriptBlock['cut']>): number {
  return text + output + diffs;
}

function Attempt({ line: { number, agent, at } }: { readonly line: AttemptLine }) {
  return (
    <div className="block-run">
      Attempt {number === 0 ? '' : number} {agent !== null && `by ${agent}`}, {formatClock(at)}
    </div>
  );
}

/** One block with the line before it where an attempt begins; a long one is shown whole when it is asked for, or found. */
export function TranscriptRow({
  block,
  previous,
  runs,
  task,
  isFound,
  isAsked,
}: {
  readonly block: TranscriptBlock;
  readonly previous: TranscriptBlock | undefined;
  readonly runs: readonly Run[];
  readonly task: string;
  /** It holds what is looked for, and is the one that is looked at. */
  readonly isFound: boolean;
  /** The address names it. */
  readonly isAsked: boolean;
}) {
  const [isWhole, showWhole] = useState(false);
  const whole = useWholeBlock(task, block, isWhole || isFound);
  const attempt = attemptBefore(block, previous, runs);
  const shown = whole.data ?? block;
  return (
    <div className={classes(isFound && 'transcript-row-found', isAsked && 'transcript-row-asked')}>
      {attempt !== null && <Attempt line={attempt} />}
      <Block block={shown} task={task} isOpen={isFound || isWhole} />
      {shown.cut !== undefined && (
        <div className="transcript-whole">
          <Button size="sm" variant="ghost" busy={whole.isFetching} onClick={() => showWhole(true)}>
            Show all of it, {formatCount(charactersOf(shown.cut))} characters
          </Button>
          {whole.error !== null && <span className="f11 exit-bad">It could not be read. Try again.</span>}
        </div>
      )}
    </div>
  );
}
