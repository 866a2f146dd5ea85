import type { Run, TranscriptBlock } from '@thalogos/contracts';

/** One row of a transcript as it is drawn: a block, or the line where an attempt begins. */
export type TranscriptRow =
  | {
      readonly kind: 'run';
      readonly key: string;
      readonly attempt: number;
      readonly agent: string | null;
      readonly at: number;
    }
  | { readonly kind: 'block'; readonly key: string; readonly block: TranscriptBlock };

/** Blocks with a line before each attempt after the first, and without those that show elsewhere. */
export function transcriptRows(
  blocks: readonly TranscriptBlock[],
  runs: readonly Run[],
): readonly TranscriptRow[] {
  const rows: TranscriptRow[] = [];
  let run: string | null = null;
  for (const block of blocks) {
    if (block.kind === 'usage') continue;
    if (block.run !== run) {
      const at = runs.findIndex((one) => one.id === block.run);
      if (at > 0 || (at === -1 && run !== null)) {
        rows.push({
          kind: 'run',
          key: `run ${block.run}`,
          attempt: at + 1,
          agent: runs[at]?.agent ?? null,
          at: block.at,
        });
      }
      run = block.run;
    }
    rows.push({ kind: 'block', key: String(block.seq), block });
  }
  return rows;
}

/** Rows in which a text occurs, in any case; all of them where nothing is looked for. */
export function findRows(rows: readonly TranscriptRow[], wanted: string): readonly TranscriptRow[] {
  const needle = wanted.trim().toLowerCase();
  if (needle === '') return rows;
  const holds = (text: string | null) => text?.toLowerCase().includes(needle) === true;
  return rows.filter(
    (row) =>
      row.kind === 'block' &&
      (holds(row.block.text) ||
        holds(row.block.output) ||
        row.block.diffs.some((diff) => holds(diff.path) || holds(diff.unified))),
  );
}
