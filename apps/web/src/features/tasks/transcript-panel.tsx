import type { Run } from '@thalogos/contracts';
import { useMemo, useState } from 'react';
import { formatClock, formatNoun } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { EmptyState, ShowQuery } from '../../ui/panel-states.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { Block } from './block.tsx';
import type { Transcript } from './transcript-pages.ts';
import { findRows, type TranscriptRow, transcriptRows } from './transcript-rows.ts';
import { useTranscript } from './use-transcript.ts';

const BLOCK_PX = 64;

function Row({ row, task }: { readonly row: TranscriptRow; readonly task: string }) {
  if (row.kind === 'block') return <Block block={row.block} task={task} />;
  return (
    <div className="block-run">
      Attempt {row.attempt === 0 ? '' : row.attempt} {row.agent !== null && `by ${row.agent}`},{' '}
      {formatClock(row.at)}
    </div>
  );
}

function Rows({
  transcript,
  runs,
  task,
  wanted,
  onReachStart,
}: {
  readonly transcript: Transcript;
  readonly runs: readonly Run[];
  readonly task: string;
  readonly wanted: string;
  readonly onReachStart: () => void;
}) {
  const rows = useMemo(
    () => findRows(transcriptRows(transcript.blocks, runs), wanted),
    [transcript.blocks, runs, wanted],
  );
  if (rows.length === 0)
    return (
      <EmptyState
        sentence={
          wanted === ''
            ? 'Its agent has not said anything yet.'
            : 'Nothing of that in the part that is loaded.'
        }
      />
    );
  return (
    <VirtualList
      items={rows}
      label="Transcript"
      estimate={BLOCK_PX}
      followsEnd={wanted === ''}
      keyOf={(row) => row.key}
      render={(row) => <Row row={row} task={task} />}
      onReachStart={onReachStart}
    />
  );
}

/** What an agent said and did, live at the end, older pages as one scrolls back; `find` looks inside what is loaded. */
export function TranscriptPanel({ task, runs }: { readonly task: string; readonly runs: readonly Run[] }) {
  const { query, isLoadingOlder, loadOlder } = useTranscript(task);
  const [wanted, setWanted] = useState('');
  return (
    <div className="task-transcript">
      <div className="task-find">
        <TextField
          label="Find in the transcript"
          quietLabel
          type="search"
          placeholder="Find in the transcript"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      </div>
      {query.data?.hasOlder === true && (
        <div className="task-older">
          <span className="grow">
            {formatNoun(query.data.blocks.length, 'block')} loaded, there are older ones
          </span>
          <Button size="sm" variant="ghost" busy={isLoadingOlder} onClick={() => void loadOlder()}>
            Load older
          </Button>
        </div>
      )}
      <div className="task-transcript-list">
        <ShowQuery query={query} what="The transcript could not be read.">
          {(transcript) => (
            <Rows
              transcript={transcript}
              runs={runs}
              task={task}
              wanted={wanted}
              onReachStart={() => void loadOlder()}
            />
          )}
        </ShowQuery>
      </div>
    </div>
  );
}
