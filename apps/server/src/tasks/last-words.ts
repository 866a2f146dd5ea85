import type { TranscriptStore } from './transcript-store.ts';

/** Among so many of the last blocks its last words are looked for; before them it only worked. */
const LOOKED_AT = 200;

/** What the agent of a run said last; null where it said nothing. One that died could not say it at its end. */
export function lastWords(
  transcripts: Pick<TranscriptStore, 'before'>,
  { task, run }: { readonly task: string; readonly run: string | null },
): string | null {
  const { blocks } = transcripts.before(task, Number.MAX_SAFE_INTEGER, LOOKED_AT);
  return blocks.findLast((block) => block.kind === 'text' && block.run === run)?.text ?? null;
}
