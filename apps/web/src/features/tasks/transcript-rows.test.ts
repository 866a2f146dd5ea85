import type { Run } from '@thalogos/contracts';
import { expect, it } from 'vitest';
import { sampleBlock } from '../../testing/sample-block.ts';
import { findRows, transcriptRows } from './transcript-rows.ts';

const run = (id: string): Run => ({
  id,
  task: 't-1',
  agent: 'codex',
  state: 'ended',
  end: 'completed',
  startedAt: 0,
  endedAt: 1,
  error: null,
  cost: null,
  contained: false,
});

it('says where the second attempt begins, and leaves usage out', () => {
  const blocks = [
    sampleBlock({ seq: 1 }),
    sampleBlock({ seq: 2, kind: 'usage' }),
    sampleBlock({ seq: 3, run: 'r-2' }),
  ];
  expect(transcriptRows(blocks, [run('r-1'), run('r-2')]).map((row) => row.key)).toEqual([
    '1',
    'run r-2',
    '3',
  ]);
});

it('finds a text in what was said, printed and changed', () => {
  const rows = transcriptRows(
    [
      sampleBlock({ seq: 1, text: 'Rounding up' }),
      sampleBlock({ seq: 2, kind: 'command', output: 'ROUND trip' }),
      sampleBlock({ seq: 3, kind: 'edit', diffs: [{ path: 'src/round.js', unified: '' }] }),
      sampleBlock({ seq: 4, text: 'else' }),
    ],
    [],
  );
  expect(findRows(rows, ' round ').map((row) => row.key)).toEqual(['1', '2', '3']);
});
