import type { FoundInTranscript, Task, TranscriptBlock } from '@thalogos/contracts';
import { transcriptOf } from './sample-data.ts';

/** The task whose agent never stopped talking. */
const LONG_TASK = 't-bucket';
const LONG = 200_000;

const unified =
  '--- a/src/limits/store.ts\n+++ b/src/limits/store.ts\n@@ -8,3 +8,4 @@\n export function take(key: string) {\n-  return buckets.get(key);\n+  const bucket = buckets.get(key) ?? fresh(key);\n+  return bucket.take(1);\n }\n';

const output =
  '\u001b[1m\u001b[46m RUN \u001b[49m\u001b[22m \u001b[36mv5.1.1\u001b[39m\n\r 10 %\r 60 %\r100 %\u001b[K collected\n \u001b[32m✓\u001b[39m limits/store \u001b[2m(14 tests)\u001b[22m \u001b[33m41\u001b[2mms\u001b[22m\u001b[39m\n \u001b[31m✗ gives back what was not used\u001b[0m\n\u001b[7m FAIL \u001b[27m \u001b[38;5;208mexpected\u001b[39m \u001b[38;2;120;200;90m3\u001b[39m to be \u001b[4m4\u001b[24m';

function given(seq: number): Partial<TranscriptBlock> {
  switch (seq % 7) {
    case 1:
      return {
        kind: 'thought',
        text: `Step ${seq}: the bucket refills by time, so the clock has to be handed in.`,
      };
    case 2:
      return { kind: 'read', text: 'src/limits/store.ts', status: 'ok', output: 'export function take() {}' };
    case 3:
      return { kind: 'edit', status: 'ok', diffs: [{ path: 'src/limits/store.ts', unified }] };
    case 4:
      return { kind: 'command', text: 'pnpm vitest run limits', status: 'failed', exitCode: 1, output };
    case 5:
      return {
        kind: 'raw',
        text: '2,310,441 bytes of one line were left out: the agent wrote a line longer than 1 MB, and what it said can’t be read.',
      };
    default:
      return {
        text: `**Step ${seq}**: \`take()\` gives back what was not used.\n\n- one bucket for each key\n- refilled by time`,
      };
  }
}

function longBlock(task: Task, seq: number, now: number): TranscriptBlock {
  const plain = { status: null, output: null, exitCode: null, diffs: [] };
  const at = now - (LONG - seq) * 40;
  return { seq, run: task.run ?? 'r-0', at, kind: 'text', text: '', ...plain, ...given(seq) };
}

/** A page of a task's transcript; one of them is as long as they come. */
export function samplePage(
  task: Task,
  {
    after,
    before,
    limit,
  }: { readonly after: number; readonly before?: number | undefined; readonly limit: number },
) {
  const now = Date.now();
  const short = transcriptOf(task, now).transcript;
  const total = task.id === LONG_TASK ? LONG : short.length;
  const from = before === undefined ? after + 1 : Math.max(1, before - limit);
  const upto = Math.min(total, before === undefined ? after + limit : before - 1);
  const blocks: TranscriptBlock[] = [];
  for (let seq = from; seq <= upto; seq += 1) {
    const block = task.id === LONG_TASK ? longBlock(task, seq, now) : short[seq - 1];
    if (block !== undefined) blocks.push(block);
  }
  return { blocks, more: upto < total, total };
}

/** Where a text stands in it. */
export function sampleFound(task: Task, text: string): FoundInTranscript {
  const { blocks } = samplePage(task, { after: 0, limit: LONG });
  const found = blocks.filter((block) => JSON.stringify(block).toLowerCase().includes(text.toLowerCase()));
  return {
    blocks: found.slice(0, 20_000).map(({ seq }) => seq),
    count: found.length,
    isCut: found.length > 20_000,
  };
}
