import type { ConflictHunk, ResolutionChoice } from '@thalogos/contracts';
import type { ConflictRecord, ResolutionRecord } from './conflict.ts';
import type { ConflictStore } from './conflict-store.ts';
import { withoutEnd } from './hunks.ts';
import { composeSolution, hunkKey, openHunks, solutionsIn } from './solutions.ts';

/** A solution that is made of how the same hunks were settled before. */
export interface Remembered {
  readonly content: string;
  readonly by: string;
  readonly at: number;
}

/** Notes how each hunk was settled, inside the caller's transaction; `content` is the whole file, null for one that is taken away. */
export function rememberHunks(
  store: ConflictStore,
  resolution: ResolutionRecord,
  { hunks, content }: { readonly hunks: readonly ConflictHunk[]; readonly content: string | null },
): void {
  const open = openHunks(hunks);
  const solutions = content === null ? null : linesOf(resolution.take, hunks, content);
  if (solutions === null || solutions.length !== open.length) return;
  const { project, key, by, at } = resolution;
  for (const [index, hunk] of open.entries()) {
    store.putSolution({ project, hunk: hunkKey(hunk), key, lines: solutions[index] ?? [], by, at });
  }
}

function linesOf(
  take: ResolutionChoice['take'],
  hunks: readonly ConflictHunk[],
  content: string,
): readonly (readonly string[])[] | null {
  if (take === 'ours' || take === 'theirs') return openHunks(hunks).map((hunk) => hunk[take].map(withoutEnd));
  return solutionsIn(hunks, content);
}

/** What the same hunks became before, wherever that was; null unless every one of them is known. */
export function recall(
  store: ConflictStore,
  { project }: ConflictRecord,
  hunks: readonly ConflictHunk[],
): Remembered | null {
  const open = openHunks(hunks);
  const known = open
    .map((hunk) => store.findSolution(project, hunkKey(hunk)))
    .filter((found) => found !== null);
  const newest = known.toSorted((a, b) => b.at - a.at)[0];
  if (newest === undefined || known.length !== open.length) return null;
  const content = composeSolution(
    hunks,
    known.map(({ lines }) => lines),
  );
  return { content, by: newest.by, at: newest.at };
}
