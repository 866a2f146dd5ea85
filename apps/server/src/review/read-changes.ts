import type {
  ChangeScope,
  FilePatch,
  Oid,
  ReviewFiles,
  ReviewFilesInput,
  ReviewPatches,
  ReviewPatchesInput,
  Whitespace,
} from '@thalogos/contracts';
import { type FileChange, listChanges } from '../git/diff-trees.ts';
import type { Repository } from '../git/git.ts';
import { mergeTree } from '../git/merge-tree.ts';
import { readFilePatches, readFirstPatches } from '../git/read-file-patches.ts';
import type { Look, LookStore } from './look-store.ts';
import { type ChangedTask, requireTree, type Results } from './reviewed-task.ts';

/** What reading changes needs. */
export interface ReadChangesDeps {
  readonly results: Results;
  readonly looks: Pick<LookStore, 'find'>;
}

/** Reads a change in parts: which files, then the patches of those that somebody looks at. */
export function makeReadChanges({ results, looks }: ReadChangesDeps) {
  const look = async (task: ChangedTask, person: string) => {
    const found = looks.find(task.id, person);
    return found === null ? null : lookedFrom(results.hub(task.project), task, found);
  };
  const rangeFor = ({ change }: ChangedTask, input: Chosen, looked: Looked | null) => {
    const from = input.since === 'looked' && looked !== null ? looked : null;
    const range = { from: from?.tree ?? change.base, to: change.result, ...blanksOf(input) };
    return { from, range };
  };
  const list = async (task: ChangedTask, input: Chosen, looked: Looked | null) => {
    const { from, range } = rangeFor(task, input, looked);
    const hub = results.hub(task.project);
    const changes = await listChanges(hub, range);
    if (from === null || !from.withMain) return { hub, range, changes };
    const own = new Set(
      (await listChanges(hub, { ...range, from: task.change.base })).map(({ path }) => path),
    );
    return { hub, range, changes: changes.filter(({ path }) => own.has(path)) };
  };
  return {
    files: async (input: ReviewFilesInput, person: string): Promise<ReviewFiles> => {
      const task = results.find(input.task);
      const edits = task.edits.map(({ by, at, what, paths }) => ({ by, at, what, paths: [...paths] }));
      const { change } = task;
      if (change === null) return { tree: null, files: [], patches: [], looked: null, edits };
      const looked = await look({ ...task, change }, person);
      const changed = { ...task, change };
      // Beside each other: the first lines are what a person waits for.
      const [{ changes }, first] = await Promise.all([
        list(changed, input, looked),
        firstPatches(results.hub(task.project), rangeFor(changed, input, looked).range, input.first),
      ]);
      const told = looked === null ? null : { tree: looked.seen, at: looked.at, withMain: looked.withMain };
      const patches = first === null ? [] : firstPages(changes, first, input.first);
      return { tree: change.tree, files: changes, patches, looked: told, edits };
    },
    patches: async (input: ReviewPatchesInput, person: string): Promise<ReviewPatches> => {
      const task = requireTree(results, input.task, input.tree);
      const looked = input.since === 'looked' ? await look(task, person) : null;
      const { hub, range, changes } = await list(task, input, looked);
      const wanted = withinRoom(changes, input);
      return { patches: cutPatches(wanted, await readFilePatches(hub, range, wanted), input) };
    },
  };
}

interface Chosen {
  readonly since: ChangeScope;
  readonly whitespace: Whitespace;
}

const blanksOf = ({ whitespace }: Chosen) => (whitespace === 'ignored' ? { ignoresBlanks: true } : {});

interface Looked {
  /** What was looked at. */
  readonly seen: Oid;
  /** The same on top of what the task is based on now: what came from main is no change of the task. */
  readonly tree: Oid;
  readonly at: number;
  /** Where the two could not be joined, what came from main is among the changes. */
  readonly withMain: boolean;
}

async function lookedFrom(hub: Repository, { change }: ChangedTask, look: Look): Promise<Looked> {
  const { tree: seen, at } = look;
  if (look.base === change.base) return { seen, tree: seen, at, withMain: false };
  const moved = await mergeTree(hub, change.base, look.result);
  return moved.kind === 'clean'
    ? { seen, tree: moved.tree, at, withMain: false }
    : { seen, tree: seen, at, withMain: true };
}

/** The files that were asked for, in that order, as many as there is room for; the first one always. */
function withinRoom(
  changes: readonly FileChange[],
  { paths, limit }: Pick<ReviewPatchesInput, 'paths' | 'limit'>,
): readonly FileChange[] {
  const byPath = new Map(changes.map((change) => [change.path, change]));
  const wanted: FileChange[] = [];
  let lines = 0;
  for (const path of paths) {
    const change = byPath.get(path);
    if (change === undefined) continue;
    lines += change.added + change.removed;
    if (wanted.length > 0 && lines > limit) break;
    wanted.push(change);
  }
  return wanted;
}

/** Of an ordinary line. */
const BYTES = 80;

async function firstPatches(hub: Repository, range: Parameters<typeof readFirstPatches>[1], lines: number) {
  return lines === 0 ? null : readFirstPatches(hub, range, lines * BYTES);
}

/** The first patches in the order of the files; where one is missing, those after it wait as well. */
function firstPages(
  files: readonly FileChange[],
  { patches, cut }: NonNullable<Awaited<ReturnType<typeof firstPatches>>>,
  limit: number,
): FilePatch[] {
  const pages: FilePatch[] = [];
  let room = limit;
  for (const { path, from, added, removed } of files) {
    const patch = from === null ? patches.get(path) : undefined;
    if (patch === undefined || room <= 0) continue;
    const all = bodyOf(patch);
    const lines = all.slice(0, room);
    room -= lines.length;
    const least = path === cut ? Math.max(all.length + 1, added + removed + 1) : all.length;
    pages.push({ path, patch: lines.join('\n'), end: lines.length, lines: least });
  }
  return pages;
}

/** Lines are counted without the head of a patch, whose length nobody needs to know. */
function cutPatches(
  files: readonly FileChange[],
  patches: ReadonlyMap<string, string>,
  { skip, limit }: Pick<ReviewPatchesInput, 'skip' | 'limit'>,
): FilePatch[] {
  return files.map(({ path }, index) => {
    const lines = bodyOf(patches.get(path) ?? '');
    const from = index === 0 ? Math.min(skip, lines.length) : 0;
    const end = Math.min(lines.length, from + limit);
    return { path, patch: lines.slice(from, end).join('\n'), end, lines: lines.length };
  });
}

/** The lines of a patch from its first hunk on; the heads between, where a file became a link, are left out as well. */
export function bodyOf(patch: string): readonly string[] {
  let isBody = false;
  return patch
    .replace(/\n$/, '')
    .split('\n')
    .filter((line) => {
      if (line.startsWith('@@ ')) isBody = true;
      else if (line.startsWith('diff --git ')) isBody = false;
      return isBody;
    });
}
