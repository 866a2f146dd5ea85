import { ArrowDown, ArrowDownToLine, ArrowUp, ArrowUpToLine } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { formatCount } from '../../lib/format.ts';
import { TextField } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { findingWords } from './transcript-rows.ts';
import type { TranscriptFind } from './use-transcript-find.ts';

function Find({ find }: { readonly find: TranscriptFind }) {
  const hasMatches = (find.found?.blocks.length ?? 0) > 0;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && hasMatches) find.step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape' && find.text !== '') find.type('');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="transcript-find">
      <TextField
        label="Find in the transcript"
        quietLabel
        type="search"
        placeholder="Find in the whole transcript"
        value={find.text}
        onChange={(event) => find.type(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span className="mono f11 t3 transcript-count" role="status">
        {findingWords(find)}
      </span>
      {hasMatches && (
        <>
          <IconButton size="sm" label="Previous match" keys="shift+enter" onClick={() => find.step(-1)}>
            <ArrowUp size={14} aria-hidden />
          </IconButton>
          <IconButton size="sm" label="Next match" keys="enter" onClick={() => find.step(1)}>
            <ArrowDown size={14} aria-hidden />
          </IconButton>
        </>
      )}
    </div>
  );
}

/** Where one is in a transcript, and the ways to its start, to its end and to any block. */
export interface TranscriptPosition {
  /** The block at the top of the view. */
  readonly at: number;
  readonly total: number;
  readonly toBlock: (seq: number) => void;
  readonly toEnd: () => void;
}

/** Transcripts shorter than this need no way about them. */
const SHORT = 30;

function Position({ at, total, toBlock, toEnd }: TranscriptPosition) {
  const [typed, setTyped] = useState('');
  const go = () => {
    const seq = Number.parseInt(typed.replaceAll(/\D/g, ''), 10);
    if (Number.isNaN(seq)) return;
    toBlock(Math.min(total, Math.max(1, seq)));
    setTyped('');
  };
  return (
    <form
      className="transcript-position"
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <IconButton size="sm" label="To the start" onClick={() => toBlock(1)}>
        <ArrowUpToLine size={14} aria-hidden />
      </IconButton>
      <TextField
        label={`Go to a block, 1 to ${total}`}
        quietLabel
        inputMode="numeric"
        className="transcript-goto mono"
        placeholder={formatCount(at)}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <span className="mono f11 t3">of {formatCount(total)}</span>
      <IconButton size="sm" label="To the end" onClick={toEnd}>
        <ArrowDownToLine size={14} aria-hidden />
      </IconButton>
    </form>
  );
}

/** The line above a transcript: find in all of it, and where one is. */
export function TranscriptBar({
  find,
  position,
}: {
  readonly find: TranscriptFind;
  readonly position: TranscriptPosition;
}) {
  return (
    <div className="task-find">
      <Find find={find} />
      {position.total > SHORT && <Position {...position} />}
    </div>
  );
}
