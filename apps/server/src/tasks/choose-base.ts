import type { Oid } from '@thalogos/contracts';
import { commitTree } from '../git/commit-tree.ts';
import { type Repository, THALOGOS_EMAIL } from '../git/git.ts';
import { isAncestor } from '../git/is-ancestor.ts';
import { mergeTree } from '../git/merge-tree.ts';
import type { TaskRecord } from './task.ts';
import type { PlaceDeps, TaskPlace, TaskProjects } from './task-place.ts';
import type { BaseOutcome } from './workbench.ts';

/** Works out what a task starts from: main, with the results of every task that it waits for. */
export async function chooseBase(
  deps: PlaceDeps,
  task: TaskRecord,
  ancestors: readonly TaskRecord[],
): Promise<BaseOutcome> {
  // What an earlier run left in the worktree was made on the old base; compared with another it would undo main's changes.
  if (task.base !== null) return { kind: 'base', commit: task.base };
  const place = deps.projects.place(task.project);
  let base = await newestFor(deps, task);
  for (const ancestor of ancestors) {
    const result = ancestor.work?.result ?? null;
    if (result === null) continue;
    const joined = await join(deps, place.hub, { base, result, task, ancestor });
    if (joined.kind === 'conflicted') return { ...joined, titles: ancestors.map(({ title }) => title) };
    base = joined.commit;
  }
  return { kind: 'base', commit: base };
}

/** What a task of its session starts from before anything it waits for is added. */
export async function newestFor({ projects, sessionBase }: PlaceDeps, task: TaskRecord): Promise<Oid> {
  return sessionBase(task.session) ?? newestMain(projects, projects.place(task.project));
}

/** The person's main where it has everything of the last checkpoint, else that checkpoint. */
async function newestMain(projects: Pick<TaskProjects, 'refresh'>, { project }: TaskPlace): Promise<Oid> {
  const { newest } = await projects.refresh(project.id);
  if (newest === null) throw new Error(`${project.path} has lost its branch ${project.branch}`);
  return newest;
}

interface Joining {
  readonly base: Oid;
  readonly result: Oid;
  readonly task: TaskRecord;
  readonly ancestor: TaskRecord;
}

type Joined =
  | { readonly kind: 'base'; readonly commit: Oid }
  | { readonly kind: 'conflicted'; readonly files: string[] };

async function join(
  deps: PlaceDeps,
  hub: Repository,
  { base, result, task, ancestor }: Joining,
): Promise<Joined> {
  if (await isAncestor(hub, result, base)) return { kind: 'base', commit: base };
  if (await isAncestor(hub, base, result)) return { kind: 'base', commit: result };
  const merge = await mergeTree(hub, base, result);
  if (merge.kind === 'conflicted')
    return { kind: 'conflicted', files: merge.conflicts.map(({ path }) => path) };
  const thalogos = { name: 'Thalogos', email: THALOGOS_EMAIL, at: deps.clock.now() };
  const commit = await commitTree(hub, {
    tree: merge.tree,
    parents: [base, result],
    author: thalogos,
    committer: thalogos,
    message: `Base of ${task.title}\n\nmain with the result of ${ancestor.title}.`,
    trailers: [
      { key: 'Thalogos-Session', value: task.session },
      { key: 'Thalogos-Version', value: deps.version },
    ],
    key: await deps.signingKey(),
  });
  return { kind: 'base', commit };
}
