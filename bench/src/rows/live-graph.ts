import type { Comparison, Measures, Row, Side } from '../harness/comparison.ts';
import { openStage, type Stage } from '../live-graph/stage.ts';
import { rounds } from '../workloads/sizes.ts';

const PEER = 'React Flow, all node objects re-made';
const LONG = 'long-task ms a second';
const FRAME = 'ms a frame';
/** A frame every so many ms is 55 of them a second. */
const FRAME_GOAL = 18.2;

/** Row 13: a graph of a thousand tasks while their agents write. */
export const liveGraph: Row = {
  number: 13,
  name: 'live-graph',
  comparisons: [
    async ({ size, scratch }): Promise<Comparison> => {
      const nodes = size === 'quick' ? 100 : 1000;
      const seconds = size === 'quick' ? 2 : 8;
      const stage = await openStage(scratch);
      const drawn = new Map<string, number>();
      const side = (name: string, role: Side['role'], which: 'ours' | 'peer'): Side => ({
        name,
        role,
        run: () => measure(stage, which, { nodes, seconds, note: (count) => drawn.set(name, count) }),
      });
      const ours = 'thalogos, the console’s own graph';
      return {
        workload: `${nodes.toLocaleString('en-US')} nodes, 20 updates a second of 5 tasks each, Chromium without a GPU`,
        rounds: rounds(size, 5),
        seen: '47x, 57 fps',
        sides: [side(ours, 'ours', 'ours'), side(PEER, 'peer', 'peer')],
        goals: [
          { kind: 'faster', than: PEER, atLeast: 20, measure: LONG },
          { kind: 'below', measure: FRAME, atMost: FRAME_GOAL },
        ],
        notes: () => [
          `${String(FRAME_GOAL)} ms a frame are 55 frames a second. Nodes in the document: ${[...drawn].map(([name, count]) => `${name} ${String(count)}`).join('; ')}.`,
        ],
        close: () => stage.close(),
      };
    },
  ],
};

interface Wish {
  readonly nodes: number;
  readonly seconds: number;
  note(drawn: number): void;
}

async function measure(stage: Stage, side: 'ours' | 'peer', wish: Wish): Promise<Measures> {
  const { fps, longTasks, nodes } = await stage.measure(side, wish);
  wish.note(nodes);
  return { [LONG]: longTasks, [FRAME]: 1000 / fps };
}
