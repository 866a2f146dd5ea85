import { makeRepository, type RepositoryOptions } from '@thalogos/testkit';
import { commitTree } from '../git/commit-tree.ts';
import type { Repository } from '../git/git.ts';
import { type GitPath, gitPathFrom } from '../git/git-path.ts';
import { findInTree } from '../git/ls-tree.ts';
import { readBlob } from '../git/read-blob.ts';
import { replaceInTree, type TreeReplacement } from '../git/replace-in-tree.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import { startTestGit } from '../git/test-git.ts';
import type { Look, LookStore } from './look-store.ts';
import type { Act, Results, ReviewedTask } from './reviewed-task.ts';

type BaseFiles = NonNullable<RepositoryOptions['commits']>[number]['files'];

/** One task's result on a real repository, amended without the lifecycle of a task; for tests. */
export interface TestResults extends AsyncDisposable {
  readonly results: Results;
  readonly hub: Repository;
  readonly looks: LookStore;
  readonly notes: unknown[];
  readonly audit: { append(entry: unknown): unknown };
  tree(): string;
  /** Makes another result, as an agent's next run would. */
  put(...replacements: readonly TreeReplacement[]): Promise<void>;
  /** The task is based on another commit, its result is this tree's, and nobody has changed it. */
  rebase(base: string, tree: string): Promise<void>;
  commit(files: readonly TreeReplacement[], parent: string): Promise<string>;
  /** What a file of the result holds, and its mode; null where there is none. */
  read(path: GitPath): Promise<{ mode: string; content: Buffer } | null>;
}

const BY = { name: 'Test', email: 'test@localhost', at: 0 };

/** A repository whose first commit is the base, with a task that has changed nothing yet. */
export async function makeTestResults(files: BaseFiles): Promise<TestResults> {
  const git = await startTestGit();
  const made = await makeRepository({ commits: [{ message: 'Base', files }] });
  const hub: Repository = { git: git.git, gitDir: made.gitDir };
  const base = await made.oid();
  const treeOf = async (commit: string) => (await resolveRef(hub, commit, 'tree')) ?? '';
  let task: ReviewedTask = {
    id: 't-1',
    project: 'p-1',
    change: { base, result: base, tree: await treeOf(base) },
    edits: [],
  };
  const change = () => task.change ?? { base, result: base, tree: '' };
  const commitOf = (tree: string, parents: readonly string[]) =>
    commitTree(hub, { tree, parents, author: BY, committer: BY, message: 'Result' });
  const settle = async (tree: string, on = change().base) => {
    const result = await commitOf(tree, [change().result]);
    task = { ...task, change: { base: on, result, tree } };
  };
  const kept = new Map<string, Look>();
  const notes: unknown[] = [];
  return {
    hub,
    notes,
    audit: { append: (entry) => notes.push(entry) },
    looks: {
      put: (look) => void kept.set(`${look.task} ${look.person}`, look),
      find: (id, person) => kept.get(`${id} ${person}`) ?? null,
    },
    results: {
      find: () => task,
      hub: () => hub,
      amend: async (amendment: Act & { tree: string; onKept: () => void }, by) => {
        const tree = await amendment.make(hub);
        const { what, paths } = amendment;
        const step = { by, at: 0, what, paths: [...paths], before: amendment.tree };
        task = {
          ...task,
          edits: amendment.isUndo === true ? task.edits.slice(0, -1) : [...task.edits, step],
        };
        await settle(tree);
        amendment.onKept();
        return {} as never;
      },
    },
    tree: () => change().tree,
    put: async (...replacements) => settle(await replaceInTree(hub, change().tree, replacements)),
    rebase: (to, tree) => {
      task = { ...task, edits: [] };
      return settle(tree, to);
    },
    commit: async (replacements, parent) =>
      commitOf(await replaceInTree(hub, parent, replacements), [parent]),
    read: async (path) => {
      const entry = await findInTree(hub, change().tree, path);
      if (entry === null) return null;
      const blob = await readBlob(hub, entry.oid);
      return { mode: entry.mode, content: blob.kind === 'blob' ? blob.content : Buffer.alloc(0) };
    },
    async [Symbol.asyncDispose]() {
      await git[Symbol.asyncDispose]();
      await made[Symbol.asyncDispose]();
    },
  };
}

/** A name with a quote, a line end and a byte that is no UTF-8. */
export const ODD_NAME = gitPathFrom(Buffer.from([0x71, 0x22, 0x0a, 0xff, 0x2e, 0x74]));
