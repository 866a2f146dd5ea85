import type { Branch, BranchPush, ForgeCheck, Oid } from '@thalogos/contracts';
import { type Apart, countApart } from '../git/count-apart.ts';
import type { Repository } from '../git/git.ts';
import { type Head, listHeads } from '../git/list-heads.ts';
import { listWorktrees } from '../git/list-worktrees.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import type { BranchesDeps, BranchPlace } from './branches-deps.ts';

/** The branches shown, and how many there are. */
export interface ListedBranches {
  readonly branches: readonly Branch[];
  readonly total: number;
}

/** What is known of a branch beside git. */
export interface BranchLook {
  push(project: string, branch: string, head: Oid): BranchPush | null;
  forge(project: string, commit: Oid): readonly ForgeCheck[];
}

/** How many pairs of commits are remembered; each costs one process to count. */
const REMEMBERED = 5000;

/** Lists a project's branches: `main`, integration, checkpoints' and tasks', the tasks' newest first. */
export function makeListBranches(deps: BranchesDeps, look: BranchLook) {
  const apart = makeApart();
  return async ({ project, limit }: { project: string; limit: number }): Promise<ListedBranches> => {
    const place = deps.projects.place(project);
    const [ours, theirs] = await Promise.all([readHub(place), readPromoted(deps, place)]);
    const tasks = ours.filter(({ kind }) => kind === 'task');
    const shown = [
      ...ours.filter(({ kind }) => kind !== 'task'),
      ...theirs,
      ...tasks.toSorted((a, b) => b.head.committedAt - a.head.committedAt).slice(0, limit),
    ];
    const branches = await Promise.all(shown.map((found) => describe(found, { deps, place, look, apart })));
    return { branches, total: ours.length + theirs.length };
  };
}

interface Found {
  readonly kind: Branch['kind'];
  readonly head: Head;
  readonly task: string | null;
  readonly session: string | null;
  readonly worktree: string | null;
  readonly repository: Repository;
  /** What it is compared with. */
  readonly main: Oid | null;
}

async function readHub({ hub, project }: BranchPlace): Promise<readonly Found[]> {
  const main = `refs/heads/${project.branch}`;
  const [heads, worktrees, at] = await Promise.all([
    listHeads(hub, [main, 'refs/heads/session/']),
    listWorktrees(hub),
    resolveRef(hub, main),
  ]);
  const paths = new Map(worktrees.map(({ branch, path }) => [branch, path]));
  return heads.flatMap((head) => {
    const named = kindOf(head.name, project.branch);
    const worktree = paths.get(`refs/heads/${head.name}`) ?? null;
    return named === null ? [] : [{ ...named, head, worktree, repository: hub, main: at }];
  });
}

/** What the orchestrator's branch is for, by its name; null for one that is not the orchestrator's. */
function kindOf(name: string, main: string): Pick<Found, 'kind' | 'task' | 'session'> | null {
  if (name === main) return { kind: 'main', task: null, session: null };
  const [, session, what, task] = /^session\/([^/]+)\/(integration|task)(?:\/([^/]+))?$/.exec(name) ?? [];
  if (session === undefined) return null;
  if (what === 'integration') return { kind: 'integration', task: null, session };
  return task === undefined ? null : { kind: 'task', task, session };
}

/** The branches that checkpoints are promoted to are the person's, and stand in their repository. */
async function readPromoted(deps: BranchesDeps, place: BranchPlace): Promise<readonly Found[]> {
  const { config } = await deps.projects.settingsAt(place.project.id, null);
  const person: Repository = { git: deps.git, gitDir: place.person.gitDir };
  const [heads, main] = await Promise.all([
    listHeads(
      person,
      config.environments.map((name) => `refs/heads/${name}`),
    ),
    resolveRef(person, `refs/heads/${place.project.branch}`),
  ]);
  const byName = new Map(heads.map((head) => [head.name, head]));
  return config.environments.flatMap((name) => {
    const head = byName.get(name);
    if (head === undefined) return [];
    return [
      {
        kind: 'checkpoint-branch',
        head,
        task: null,
        session: null,
        worktree: null,
        repository: person,
        main,
      },
    ];
  });
}

interface Ground {
  readonly deps: BranchesDeps;
  readonly place: BranchPlace;
  readonly look: BranchLook;
  readonly apart: ReturnType<typeof makeApart>;
}

async function describe(found: Found, { deps, place, look, apart }: Ground): Promise<Branch> {
  const { head, kind, session, worktree } = found;
  const task =
    found.task === null
      ? null
      : { id: found.task, title: found.task, state: 'unknown', ...deps.findTask(found.task) };
  const { ahead, behind } = await apart(found.repository, head.oid, found.main);
  const checkpoint = deps.timeline
    .landed(place.project.id)
    .findLast(({ entry }) => entry.commit === head.oid);
  return {
    name: head.name,
    kind,
    place: kind === 'checkpoint-branch' ? 'repository' : 'hub',
    task,
    session,
    head: head.oid,
    ahead,
    behind,
    checkpoint: checkpoint?.entry.tag ?? null,
    push: look.push(place.project.id, head.name, head.oid),
    forge: [...look.forge(place.project.id, head.oid)],
    worktree,
    updatedAt: head.committedAt,
  };
}

/** Counts how far two commits are apart, once for each pair. */
function makeApart() {
  const known = new Map<string, Apart>();
  return async (repository: Repository, head: Oid, main: Oid | null): Promise<Apart> => {
    if (main === null || head === main) return { ahead: 0, behind: 0 };
    const key = `${head} ${main}`;
    const counted = known.get(key) ?? (await countApart(repository, head, main));
    if (known.size >= REMEMBERED) known.clear();
    known.set(key, counted);
    return counted;
  };
}
