import type { ProjectPlace, SavableTask, SaveTasks } from '../../../apps/server/src/saves/save-deps.ts';
import { runGit } from './run-git.ts';

/** The approved tasks of a world: one for each branch of its workload, in memory. */
export interface BenchTasks {
  readonly port: SaveTasks;
  /** Where every task began. */
  readonly base: string;
  readonly all: readonly SavableTask[];
  /** Ids of `count` tasks; each round begins at another one, so that no merge was made before. */
  readonly pick: (count: number, round: number) => readonly string[];
  /** Ids of the tasks that this round saves: each is saved once, so that every Save finds new work. */
  readonly batch: (count: number, round: number) => readonly string[];
}

/** Reads the branches of the hub as results that a person has approved. */
export async function makeBenchTasks(place: ProjectPlace, branches: number): Promise<BenchTasks> {
  const { gitDir } = place.hub;
  const base = await runGit(gitDir, 'rev-parse', 'refs/heads/main');
  const listed = await runGit(
    gitDir,
    'for-each-ref',
    '--format=%(refname:short) %(objectname) %(tree)',
    'refs/heads/session',
  );
  const all = listed
    .split('\n')
    .map((line) => toTask(line, base))
    .toSorted((a, b) => a.createdAt - b.createdAt);
  if (all.length !== branches)
    throw new Error(`The workload should have ${branches} branches and has ${all.length}`);
  let current = all;
  const rotated = (round: number) => [...all.slice(round % all.length), ...all.slice(0, round % all.length)];
  return {
    base,
    all,
    pick: (count, round) =>
      rotated(round)
        .slice(0, count)
        .map(({ id }) => id),
    batch: (count, round) => all.slice(round * count, (round + 1) * count).map(({ id }) => id),
    port: {
      savable: () => current,
      markSaved: (ids) => {
        const saved = new Set(ids);
        current = current.map((task) => (saved.has(task.id) ? { ...task, state: 'saved' as const } : task));
      },
      settle: async () => undefined,
      snapshotRunning: async () => undefined,
    },
  };
}

function toTask(line: string, base: string): SavableTask {
  const [branch = '', result = '', tree = ''] = line.split(' ');
  const number = Number(branch.split('/').at(-1));
  const id = `t-${number}`;
  return {
    ...{ id, branch, base, result, tree, session: 's-bench', title: `Task ${number}`, text: '', after: [] },
    ...{ agent: 'scripted', model: null, agentVersion: null, createdAt: number, state: 'approved' as const },
    approval: { by: 'bench', tree, result, at: 1 },
    files: { changed: 5, added: 1, removed: 0 },
  };
}
