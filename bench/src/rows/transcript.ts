import { performance } from 'node:perf_hooks';
import { findInTranscript } from '../../../apps/server/src/tasks/transcript-find.ts';
import type { Comparison, Measures, Opening, Row, Side } from '../harness/comparison.ts';
import { TASK } from '../transcript/seed.ts';
import { openTranscriptStage, type Shown, type TranscriptStage } from '../transcript/stage.ts';
import { rounds } from '../workloads/sizes.ts';

const OURS = 'thalogos, the console’s own transcript';
const FIRST = 'ms to first rows';
const HEAP = 'heap MB after scrolling through';
const NODES = 'nodes in the document';

/** Row 20: a transcript opens, and is scrolled through from its end to its start, in a real browser. */
export const transcript: Row = {
  number: 20,
  name: 'transcript',
  comparisons: [
    comparing({ full: 200_000, quick: 2000 }, 'kept', 'every block kept, those in view drawn'),
    comparing({ full: 5000, quick: 500 }, 'drawn', 'every block drawn'),
  ],
};

function comparing(counts: { full: number; quick: number }, peer: Shown, name: string): Opening {
  return async ({ size, scratch }): Promise<Comparison> => {
    const count = size === 'quick' ? counts.quick : counts.full;
    const stage = await openTranscriptStage(scratch, count);
    const pages = await timePages(stage, count);
    return {
      workload: `${count.toLocaleString('en-US')} blocks in transcripts.db, Chromium without a GPU`,
      rounds: rounds(size, 2),
      seen: 'the goal is a second',
      sides: [side(stage, OURS, 'ours'), side(stage, name, peer)],
      goals: [
        { kind: 'below', measure: FIRST, atMost: 1000 },
        { kind: 'faster', than: name, atLeast: 3, measure: HEAP },
      ],
      notes: () => [`${count.toLocaleString('en-US')} blocks: ${pages}.`],
      close: () => stage.close(),
    };
  };
}

function side(stage: TranscriptStage, name: string, shown: Shown): Side {
  const run = async (): Promise<Measures> => {
    const { firstRowsMs, heapMb, nodes } = await stage.open(shown);
    return { [FIRST]: firstRowsMs, [HEAP]: heapMb, [NODES]: nodes };
  };
  return { name, role: shown === 'ours' ? 'ours' : 'peer', run };
}

/** What the server takes for one page anywhere, and for a look through all of it. */
async function timePages({ store }: TranscriptStage, count: number): Promise<string> {
  const time = (after: number) => {
    const begun = performance.now();
    for (let round = 0; round < 20; round += 1) store.after(TASK, after, 200);
    return ((performance.now() - begun) / 20).toFixed(2);
  };
  const [start, middle, end] = [time(0), time(Math.floor(count / 2)), time(count - 200)];
  const begun = performance.now();
  const { count: found } = await findInTranscript(store, { task: TASK, text: 'HANDED in. step 1' });
  const look = (performance.now() - begun).toFixed(0);
  return `a page of 200 at the start, in the middle and at the end takes the server ${start}, ${middle} and ${end} ms; a text is looked for in all of them in ${look} ms (${found} places)`;
}
