import type {
  BlockInput,
  FindInTranscriptInput,
  FoundInTranscript,
  TranscriptBlock,
  TranscriptInput,
} from '@thalogos/contracts';
import type { z } from 'zod';
import { Refusal } from '../platform/refusal.ts';
import { briefBlock } from './transcript-brief.ts';
import { findInTranscript } from './transcript-find.ts';
import type { TranscriptStore } from './transcript-store.ts';

/** The use cases behind the calls on transcripts. */
export interface TranscriptCalls {
  /** A page; `total` is the number of the newest block, which are numbered from 1 without a gap. */
  transcript(input: z.infer<typeof TranscriptInput>): {
    blocks: readonly TranscriptBlock[];
    more: boolean;
    total: number;
  };
  /** One block, whole. */
  block(input: z.infer<typeof BlockInput>): TranscriptBlock;
  findInTranscript(
    input: z.infer<typeof FindInTranscriptInput>,
    signal?: AbortSignal,
  ): Promise<FoundInTranscript>;
}

/** The calls on transcripts. */
export function makeTranscriptCalls(transcripts: TranscriptStore): TranscriptCalls {
  return {
    transcript: ({ task, after, before, limit, brief }) => {
      const { blocks, more } =
        before === undefined
          ? transcripts.after(task, after, limit)
          : transcripts.before(task, before, limit);
      return { blocks: brief ? blocks.map(briefBlock) : blocks, more, total: transcripts.last(task) };
    },
    block: ({ task, seq }) => {
      const block = transcripts.find(task, seq);
      if (block !== null) return block;
      throw new Refusal('not-found', `The transcript of task ${task} has no block ${seq}.`, {
        hint: 'Look at its end: it may be shorter than it was taken for.',
      });
    },
    findInTranscript: (input, signal) => findInTranscript(transcripts, input, signal),
  };
}
