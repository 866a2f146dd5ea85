import './transcript.css';
import type { Run } from '@thalogos/contracts';
import { ArrowDown } from 'lucide-react';
import { useCallback, useEffect, useRef } from 'react';
import { formatCount, formatNoun } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { keepHighlighted } from '../../ui/highlight-text.ts';
import { EmptyState, ErrorState, ShowQuery } from '../../ui/panel-states.tsx';
import { type RowsHandle, VirtualRows } from '../../ui/virtual-rows.tsx';
import { TranscriptBar } from './transcript-bar.tsx';
import { blockAt } from './transcript-pages.ts';
import { MissingRow, TranscriptRow } from './transcript-row.tsx';
import { useTranscriptPages, useTranscriptTotal } from './use-transcript.ts';
import { useTranscriptFind } from './use-transcript-find.ts';
import { useTranscriptPlace } from './use-transcript-place.ts';

const BLOCK_PX = 64;

interface Shown {
  readonly task: string;
  readonly runs: readonly Run[];
  readonly isPage: boolean;
}

/** Marks what is looked for wherever it is drawn. */
function useMarks(wanted: string) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(
    () => (box.current === null ? undefined : keepHighlighted(box.current, wanted, '.block-body')),
    [wanted],
  );
  return box;
}

function Elsewhere({
  part,
  total,
  toBlock,
}: {
  readonly part: { readonly base: number; readonly isNewest: boolean };
  readonly total: number;
  readonly toBlock: (seq: number) => void;
}) {
  if (part.base === 0) return null;
  return (
    <div className="task-older">
      <span className="grow">
        Blocks 1 to {formatCount(part.base)} of {formatCount(total)} are further up.
      </span>
      <Button size="sm" variant="ghost" onClick={() => toBlock(part.base)}>
        Show them
      </Button>
    </div>
  );
}

function Transcript({ task, runs, isPage, total }: Shown & { readonly total: number }) {
  const list = useRef<RowsHandle>(null);
  const place = useTranscriptPlace(total, { list, isPage });
  const { part, count, first, last } = place;
  const { pages, error, retry } = useTranscriptPages(task, { first, last, total });
  const find = useTranscriptFind(task, { from: first, show: (seq) => place.show(seq, 'center') });
  const box = useMarks(find.wanted);
  const foundSeq = find.found?.blocks[find.at];
  const { base } = part;
  // The same function until the rows are others: with a new one every row is placed anew.
  const seqAt = useCallback((index: number) => base + index + 1, [base]);
  return (
    <div className="task-transcript">
      <TranscriptBar find={find} position={{ at: first, total, toBlock: place.show, toEnd: place.toEnd }} />
      <Elsewhere part={part} total={total} toBlock={place.show} />
      {error !== null && (
        <ErrorState what="A part of the transcript could not be read." error={error} onRetry={retry} />
      )}
      <div className="task-transcript-list" ref={box}>
        <VirtualRows
          key={`${part.base} ${place.start}`}
          ref={list}
          count={count}
          label="Transcript"
          estimate={BLOCK_PX}
          followsEnd={part.isNewest}
          initial={place.start === null ? undefined : place.start - 1 - part.base}
          keyOf={seqAt}
          onView={place.onView}
          render={(index) => {
            const seq = seqAt(index);
            const block = blockAt(pages, seq);
            if (block === undefined) return <MissingRow />;
            return (
              <TranscriptRow
                block={block}
                previous={blockAt(pages, seq - 1)}
                runs={runs}
                task={task}
                isFound={seq === foundSeq}
                isAsked={seq === place.start}
              />
            );
          }}
        />
        {place.news > 0 && (
          <Button className="transcript-below" size="sm" onClick={place.toEnd}>
            <ArrowDown size={12} aria-hidden />
            {formatNoun(place.news, 'new block')} below
          </Button>
        )}
      </div>
    </div>
  );
}

/**
 * What an agent said and did, of any length: only what is in view is held, the rest is asked for as one gets there.
 * It follows the end until one scrolls away; on its own page the address names the block that is looked at.
 */
export function TranscriptPanel({ task, runs, isPage }: Shown) {
  const query = useTranscriptTotal(task);
  return (
    <ShowQuery query={query} what="The transcript could not be read.">
      {(total) =>
        total === 0 ? (
          <EmptyState sentence="Its agent has not said anything yet." />
        ) : (
          <Transcript task={task} runs={runs} isPage={isPage} total={total} />
        )
      }
    </ShowQuery>
  );
}
