import type { TranscriptBlock } from '@thalogos/contracts';

/** The most that a brief block holds of a text, of an output, and of all its diffs, in characters. */
export const BRIEF = { text: 20_000, output: 6000, diffs: 24_000 } as const;

/** A block as a list shows it: what is long is cut, and its true sizes are said; a short one as it is. */
export function briefBlock(block: TranscriptBlock): TranscriptBlock {
  const sizes = {
    text: block.text.length,
    output: block.output?.length ?? 0,
    diffs: block.diffs.reduce((sum, { unified }) => sum + unified.length, 0),
  };
  const isLong = sizes.text > BRIEF.text || sizes.output > BRIEF.output || sizes.diffs > BRIEF.diffs;
  if (!isLong) return block;
  return {
    ...block,
    text: block.text.slice(0, BRIEF.text),
    output: block.output === null ? null : briefOutput(block),
    diffs: briefDiffs(block.diffs),
    cut: sizes,
  };
}

/** What a command printed last says how it went; of anything else the beginning says what it is. */
function briefOutput({ kind, output }: TranscriptBlock): string {
  const whole = output ?? '';
  if (whole.length <= BRIEF.output) return whole;
  if (kind !== 'command') return whole.slice(0, BRIEF.output);
  const end = whole.slice(-BRIEF.output);
  // From the beginning of a line, where there is one.
  return end.slice(end.indexOf('\n') + 1);
}

function briefDiffs(diffs: TranscriptBlock['diffs']): TranscriptBlock['diffs'] {
  let room: number = BRIEF.diffs;
  return diffs.map(({ path, unified }) => {
    const kept = unified.slice(0, room);
    room -= kept.length;
    return { path, unified: kept };
  });
}
