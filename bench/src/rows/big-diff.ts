import type { Page } from '@playwright/test';
import { openDiffStage } from '../big-diff/stage.ts';
import type { Comparison, Row, Side } from '../harness/comparison.ts';
import { rounds } from '../workloads/sizes.ts';

const PRE = 'plain <pre>';
const CODEMIRROR = 'CodeMirror merge, unified';
const REACT_DIFF_VIEW = 'react-diff-view';
const PIERRE = '@pierre/diffs CodeView';

/** Row 14: how soon the first lines of a very large change can be read. */
export const bigDiff: Row = {
  number: 14,
  name: 'big-diff',
  comparisons: [
    async ({ size, scratch }): Promise<Comparison> => {
      const stage = await openDiffStage(scratch, size === 'quick' ? 5_000 : 50_000);
      const toSide = (name: string, role: Side['role'], viewer: string): Side => {
        let page: Page | undefined;
        return {
          name,
          role,
          prepare: async () => {
            page = await stage.open(viewer);
          },
          run: async () => {
            if (page === undefined) throw new Error(`${name} was not prepared`);
            const ms = await page.evaluate('measure()');
            await page.close();
            if (typeof ms !== 'number') throw new Error(`${name} showed nothing`);
            return { ms };
          },
        };
      };
      return {
        workload: `a patch of ${stage.lines.toLocaleString('en-US')} lines (${stage.megabytes.toFixed(1)} MB), asked for to first lines painted`,
        rounds: rounds(size, 3),
        seen: 'Pierre 0.64-0.85 s for 20,000 to 60,000 lines, git-diff-view 30 s',
        sides: [
          toSide('thalogos, the review', 'ours', 'ours'),
          toSide('the same, from git’s comparison on', 'peer', 'ours-from-git'),
          toSide(PRE, 'limit', 'pre'),
          toSide(CODEMIRROR, 'peer', 'codemirror'),
          toSide(REACT_DIFF_VIEW, 'peer', 'react-diff-view'),
          toSide(PIERRE, 'peer', 'pierre'),
        ],
        goals: [
          { kind: 'faster', than: CODEMIRROR, atLeast: 20 },
          { kind: 'faster', than: REACT_DIFF_VIEW, atLeast: 20 },
          { kind: 'within', of: PRE, atMost: 1 },
        ],
        notes: () => [
          'One file, every third line changed; each program is loaded before the clock starts; everything that a viewer asks for is in memory then. The second line is what a person waits for: there git compares the two trees first.',
        ],
        close: () => stage.close(),
      };
    },
  ],
};
