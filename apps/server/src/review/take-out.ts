import type { Oid, TakeOutInput } from '@thalogos/contracts';
import { type FileChange, listChanges } from '../git/diff-trees.ts';
import type { Repository } from '../git/git.ts';
import { readBlob } from '../git/read-blob.ts';
import { readFilePatches } from '../git/read-file-patches.ts';
import { replaceInTree, type TreeReplacement } from '../git/replace-in-tree.ts';
import { Refusal } from '../platform/refusal.ts';
import { bodyOf } from './read-changes.ts';
import type { Act, ChangedTask } from './reviewed-task.ts';
import { hunksOf, linesOf, revertHunk, spliceLines } from './splice-lines.ts';

const NOTHING = '000000';

/** Takes hunks or whole files out of a change: what they changed is again as it was at the base. */
export function takeOut({ change }: ChangedTask, input: TakeOutInput): Act {
  const paths = input.parts.map(({ path }) => path);
  const what = tell(input.parts);
  return {
    title: `Take out ${what} of ${paths.join(', ')}`.slice(0, 200),
    what: `took out ${what}`,
    paths,
    make: async (hub) => {
      const range = { from: change.base, to: input.tree };
      const changes = await listChanges(hub, range);
      const mine = input.parts.map((part) => ({ part, change: requireChange(changes, part.path) }));
      const cut = mine.filter(({ part }) => part.hunks !== null).map((one) => one.change);
      const patches = await readFilePatches(hub, range, cut);
      const replaced: TreeReplacement[] = [];
      for (const { part, change: file } of mine) {
        const patch = patches.get(file.path) ?? '';
        const one =
          part.hunks === null ? wholeFile(file) : await withoutHunks(hub, file, { hunks: part.hunks, patch });
        replaced.push(...one);
      }
      return replaceInTree(hub, input.tree, replaced);
    },
  };
}

function tell(parts: TakeOutInput['parts']): string {
  const hunks = parts.reduce((sum, part) => sum + (part.hunks?.length ?? 0), 0);
  const files = parts.filter((part) => part.hunks === null).length;
  const count = (n: number, noun: string) => (n === 0 ? [] : [`${n} ${noun}${n === 1 ? '' : 's'}`]);
  return [...count(hunks, 'hunk'), ...count(files, 'whole file')].join(' and ');
}

function requireChange(changes: readonly FileChange[], path: string): FileChange {
  const found = changes.find((change) => change.path === path);
  if (found !== undefined) return found;
  throw refuse(path, 'it is not part of the change');
}

function refuse(path: string, why: string): Refusal {
  return new Refusal('conflict', `Could not take a part of ${path} out: ${why}.`, {
    hint: 'Nothing was changed. Look at the diff again.',
  });
}

/** Everything about it as it was: where it came from, its mode, its contents, which may be a link or another repository. */
function wholeFile({ path, from, oldMode, oldOid }: FileChange): readonly TreeReplacement[] {
  if (oldMode === NOTHING) return [{ path, content: null }];
  const back = { path: from ?? path, content: { oid: oldOid }, mode: oldMode };
  return from === null || from === path ? [back] : [{ path, content: null }, back];
}

async function withoutHunks(
  hub: Repository,
  { path, oldMode, newMode, oldOid, newOid }: FileChange,
  { hunks, patch }: { hunks: NonNullable<TakeOutInput['parts'][number]['hunks']>; patch: string },
): Promise<readonly TreeReplacement[]> {
  if (oldMode === NOTHING || newMode === NOTHING)
    throw refuse(path, 'it came or went as a whole; take out the whole file');
  const real = new Set(hunksOf(bodyOf(patch)).map((hunk) => JSON.stringify(hunk)));
  if (
    hunks.some(
      ({ oldStart, oldLines, newStart, newLines }) =>
        !real.has(JSON.stringify({ oldStart, oldLines, newStart, newLines })),
    )
  )
    throw refuse(path, 'it has no such hunk');
  const [before, after] = await Promise.all([read(hub, path, oldOid), read(hub, path, newOid)]);
  const old = linesOf(before);
  const content = spliceLines(
    after,
    hunks.map((hunk) => revertHunk(old, hunk)),
  );
  return [{ path, content, mode: newMode }];
}

async function read(hub: Repository, path: string, oid: Oid): Promise<Buffer> {
  const blob = await readBlob(hub, oid);
  if (blob.kind === 'blob') return blob.content;
  throw refuse(path, 'it is too large');
}
