import type { TranscriptBlock } from '@thalogos/contracts';

/** A block of a transcript for tests. */
export function sampleBlock(given: Partial<TranscriptBlock> & { readonly seq: number }): TranscriptBlock {
  return {
    run: 'r-1',
    at: 0,
    kind: 'text',
    text: '',
    status: null,
    output: null,
    exitCode: null,
    diffs: [],
    ...given,
  };
}
