import { settleHunks, type HunkRule } from './settle-hunks.ts';

/** Settles three versions of a file with one rule; null where it is not sure. */
export function settleWith(
  settle: HunkRule,
  { path = 'a.txt', base, ours, theirs }: { path?: string; base: string; ours: string; theirs: string },
): string | null {
  const [before, mine, other] = [base, ours, theirs].map((text) => Buffer.from(text));
  const contents = { base: before ?? null, ours: mine ?? null, theirs: other ?? null };
  return settleHunks([{ name: 'identical', settle }], path, contents)?.content.toString() ?? null;
}
