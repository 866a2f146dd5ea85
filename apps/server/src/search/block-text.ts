import type { TranscriptBlock } from '@thalogos/contracts';

/** The most that is kept of an output or of diffs: its beginning and its end. */
const MAX_PART = 4000;

// eslint-disable-next-line no-control-regex -- control characters are what is being removed
const SEQUENCE = /\u001b(?:\[[0-9:;<=>?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])/g;

/** What there is to find in a block of a transcript; empty for one that says nothing. */
export function blockText({ kind, text, output, diffs }: TranscriptBlock): string {
  if (kind === 'usage' || kind === 'end') return '';
  const parts = [text, output ?? '', ...diffs.flatMap(({ path, unified }) => [path, unified])];
  return parts
    .filter((part) => part !== '')
    .map((part) => ends(part).replace(SEQUENCE, ''))
    .join('\n');
}

function ends(part: string): string {
  return part.length <= MAX_PART ? part : `${part.slice(0, MAX_PART / 2)}\n${part.slice(-MAX_PART / 2)}`;
}
