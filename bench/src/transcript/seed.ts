import type { TranscriptBlock } from '@thalogos/contracts';
import type { TranscriptStore } from '../../../apps/server/src/tasks/transcript-store.ts';

/** The one task of the workload. */
export const TASK = 't-bench';
const AT_ONCE = 5000;

const OUTPUT =
  '\u001b[1m RUN \u001b[22m v5.1.1\n\r 10 %\r100 %\u001b[K collected\n \u001b[32m✓\u001b[39m limits/store \u001b[2m(14 tests)\u001b[22m\n'.repeat(
    4,
  );
const UNIFIED =
  '--- a/src/limits/store.ts\n+++ b/src/limits/store.ts\n@@ -8,3 +8,4 @@\n export function take(key: string) {\n-  return buckets.get(key);\n+  const bucket = buckets.get(key) ?? fresh(key);\n+  return bucket.take(1);\n }\n';

/** What an agent says and does, in turns: words, thoughts, a command with its output, an edit with its diff. */
function blockOf(seq: number): TranscriptBlock {
  const plain = {
    ...{ seq, run: 'r-bench', at: 1_700_000_000_000 + seq * 40, text: `step ${seq}` },
    ...{ status: null, output: null, exitCode: null, diffs: [] },
  };
  switch (seq % 6) {
    case 1:
      return { ...plain, kind: 'thought', text: `Step ${seq}: the clock has to be handed in. `.repeat(6) };
    case 2:
      return { ...plain, kind: 'command', text: 'pnpm test', status: 'ok', exitCode: 0, output: OUTPUT };
    case 3: {
      const diffs = [{ path: 'src/limits/store.ts', unified: UNIFIED }];
      return { ...plain, kind: 'edit', text: 'src/limits/store.ts', status: 'ok', diffs };
    }
    case 4:
      return { ...plain, kind: 'read', text: 'src/limits/store.ts', status: 'ok', output: 'export {};' };
    default:
      return {
        ...plain,
        kind: 'text',
        text: `**Step ${seq}**: \`take()\` gives back what was not used.\n\n- one\n- two`,
      };
  }
}

/** Writes so many blocks into a store, as the server would. */
export function seed(store: TranscriptStore, count: number): void {
  for (let from = 1; from <= count; from += AT_ONCE) {
    const length = Math.min(AT_ONCE, count - from + 1);
    store.put(
      TASK,
      Array.from({ length }, (_, at) => blockOf(from + at)),
    );
  }
}
