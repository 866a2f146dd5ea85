import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileContent } from '@thalogos/testkit';
import { runTestGit, writeFiles } from '@thalogos/testkit';
import { addWorktree } from '../git/add-worktree.ts';
import { commitTree } from '../git/commit-tree.ts';
import { THALOGOS_EMAIL } from '../git/git.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import type { Db } from '../platform/database.ts';
import type { ProjectPlace, SavableTask, SaveTasks, SigningKeys } from './save-deps.ts';

/** What a task of a test is; it is approved unless said otherwise. */
export interface TestTask {
  readonly id: string;
  readonly files?: Readonly<Record<string, FileContent>>;
  readonly after?: readonly string[];
  readonly state?: SavableTask['state'];
  readonly title?: string;
  readonly agent?: string;
}

/** Tasks whose results are real commits of the hub and whose rows are in the same database as the journal. */
export interface TestTasks extends SaveTasks {
  add(task: TestTask): Promise<SavableTask>;
  change(id: string, change: Partial<SavableTask>): void;
  state(id: string): string;
  worktree(id: string): string;
}

/** Keeps them in a table, so that another process sees them too. */
export function makeTestTasks({
  db,
  place,
  keys,
}: {
  db: Db;
  place: ProjectPlace;
  keys: SigningKeys;
}): TestTasks {
  db.exec('CREATE TABLE IF NOT EXISTS test_tasks (id TEXT PRIMARY KEY, position INTEGER, record TEXT)');
  const put = (task: SavableTask) =>
    db
      .prepare('INSERT OR REPLACE INTO test_tasks VALUES (?, ?, ?)')
      .run(task.id, task.createdAt, JSON.stringify(task));
  const all = () =>
    (db.prepare('SELECT record FROM test_tasks ORDER BY position').all() as { record: string }[]).map(
      (row) => JSON.parse(row.record) as SavableTask,
    );
  const get = (id: string) => {
    const found = all().find((task) => task.id === id);
    if (found === undefined) throw new Error(`There is no test task ${id}`);
    return found;
  };
  const worktree = (id: string) => join(place.directory, 'worktrees', 's-1', id);

  return {
    savable: () => all().filter((task) => task.state !== 'cancelled'),
    markSaved: (ids) => {
      for (const id of ids) put({ ...get(id), state: 'saved' });
    },
    settle: async () => undefined,
    snapshotRunning: async () => undefined,
    change: (id, change) => put({ ...get(id), ...change }),
    state: (id) => get(id).state,
    worktree,
    async add({ id, files = {}, after = [], state = 'approved', title = `Task ${id}`, agent = 'scripted' }) {
      const [ancestor] = after;
      const base =
        ancestor === undefined ? await mainOf(place) : (get(ancestor).result ?? (await mainOf(place)));
      const branch = `session/s-1/task/${id}`;
      const result = await commitFiles({ place, keys, base, branch, files, agent, title });
      const tree = (await resolveRef(place.hub, result, 'tree')) ?? '';
      await addWorktree(place.hub, { path: worktree(id), branch, base, reason: `task ${id}` });
      const approval = state === 'approved' ? { by: 'ada', tree, result, at: 1 } : null;
      const task: SavableTask = {
        ...{
          id,
          session: 's-1',
          title,
          agent,
          text: title,
          after,
          createdAt: all().length + 1,
          branch,
          state,
          base,
          result,
          tree,
          approval,
        },
        ...{ model: null, agentVersion: '1.0', files: { changed: 1, added: 1, removed: 0 } },
      };
      put(task);
      return task;
    },
  };
}

async function mainOf({ hub, project }: ProjectPlace): Promise<string> {
  return (await resolveRef(hub, `refs/heads/${project.branch}`)) ?? '';
}

interface Commit {
  readonly place: ProjectPlace;
  readonly keys: SigningKeys;
  readonly base: string;
  readonly branch: string;
  readonly agent: string;
  readonly title: string;
  readonly files: Readonly<Record<string, FileContent>>;
}

async function commitFiles({ place, keys, base, branch, files, agent, title }: Commit): Promise<string> {
  const scratch = join(place.directory, 'scratch');
  await mkdir(scratch, { recursive: true });
  const git = (...args: string[]) =>
    runTestGit(scratch, args, {
      GIT_DIR: place.hub.gitDir,
      GIT_WORK_TREE: scratch,
      GIT_INDEX_FILE: `${scratch}.index`,
    });
  await git('read-tree', '--reset', '-u', base);
  await writeFiles(scratch, files);
  await git('add', '--all', '--force');
  const tree = await git('write-tree');
  const at = 1_700_000_000_000;
  const author = { name: agent, email: THALOGOS_EMAIL, at };
  const commit = await commitTree(place.hub, {
    tree,
    parents: [base],
    author,
    committer: { ...author, name: 'Thalogos' },
    message: title,
    key: await keys.signing(),
  });
  await git('update-ref', `refs/heads/${branch}`, commit);
  await rm(scratch, { recursive: true, force: true });
  await rm(`${scratch}.index`, { force: true });
  return commit;
}
