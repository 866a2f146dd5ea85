import { randomUUID } from 'node:crypto';
import type { Comparison, Opening, Row } from '../harness/comparison.ts';
import { mergeTasks } from '../../../apps/server/src/saves/merge-tasks.ts';
import type { MergeParts } from '../../../apps/server/src/saves/merge-tasks.ts';
import { toEntering } from '../../../apps/server/src/saves/freeze.ts';
import type { ApprovedTask } from '../../../apps/server/src/saves/plan-merge.ts';
import type { SaveRecord } from '../../../apps/server/src/saves/save.ts';
import { pendingStages } from '../../../apps/server/src/saves/stages.ts';
import { makeNaiveClone } from '../peers/naive-merge.ts';
import type { HistorySpec } from '../workloads/history.ts';
import { workloadRepository } from '../workloads/repository.ts';
import { describe, largeHistory, rounds, savedAtOnce, usualHistory } from '../workloads/sizes.ts';
import { countProcesses } from '../world/count-processes.ts';
import { openWorld, PROJECT, type World } from '../world/open-world.ts';
import { runGit } from '../world/run-git.ts';

const NAIVE = 'simple-git checkout+merge';

/** Row 1: many clean branches become one commit, and one checkpoint. */
export const saveMerge: Row = {
  number: 1,
  name: 'save-merge',
  comparisons: [
    ({ size, scratch }) =>
      mergesOf({
        scratch,
        spec: usualHistory(size),
        rounds: rounds(size, 5),
        atLeast: 30,
        seen: '36x (50 branches, 5,000 files)',
      }),
    async ({ size, scratch }) => {
      const spec = largeHistory(size);
      return spec === null
        ? null
        : mergesOf({ scratch, spec, rounds: 2, atLeast: 80, seen: '102x (10 branches, 50,000 files)' });
    },
    wholeSave,
  ],
};

interface Merges {
  readonly scratch: string;
  readonly spec: HistorySpec;
  readonly rounds: number;
  readonly atLeast: number;
  readonly seen: string;
}

async function mergesOf({ scratch, spec, rounds, atLeast, seen }: Merges): Promise<Comparison> {
  const source = await workloadRepository(spec);
  const world = await openWorld({ scratch, source, person: 'bare' });
  const naive = await makeNaiveClone(scratch, source);
  let tree = '';
  return {
    workload: `merges of ${spec.branches} branches, ${describe(spec)}`,
    rounds,
    seen,
    sides: [
      {
        name: 'thalogos, signed',
        role: 'ours',
        run: async (round) => {
          tree = await mergeAll(world, round);
          return undefined;
        },
      },
      {
        name: NAIVE,
        role: 'peer',
        prepare: naive.reset,
        run: async (round) => {
          await naive.merge(numbersOf(world.tasks.pick(spec.branches, round)));
          return undefined;
        },
      },
    ],
    goals: [{ kind: 'faster', than: NAIVE, atLeast }],
    check: async () => requireSame(tree, await naive.tree()),
    close: world.close,
  };
}

async function mergeAll(world: World, round: number): Promise<string> {
  const parts = await partsOf(world, world.tasks.pick(world.tasks.all.length, round));
  const result = await mergeTasks(parts);
  if (result.kind !== 'merged')
    throw new Error(`The branches do not merge: ${JSON.stringify(result.conflicts)}`);
  return result.candidate.tree;
}

async function partsOf({ place, keys, tasks }: World, ids: readonly string[]): Promise<MergeParts> {
  const { base } = tasks;
  const byId = new Map(tasks.all.map((task) => [task.id, task]));
  const record: SaveRecord = {
    ...{
      id: `v-${randomUUID()}`,
      project: PROJECT,
      kind: 'save',
      by: 'bench',
      startedAt: Date.now(),
      endedAt: null,
    },
    ...{
      version: '0.0.0',
      auditHead: '',
      rounds: 0,
      undone: [],
      checks: [],
      isCancelled: false,
      isResumed: false,
    },
    request: { only: null, without: null, tag: null },
    state: { kind: 'freezing' },
    stages: pendingStages(),
    entering: ids.map((id) => toEntering(byId.get(id) as ApprovedTask)),
  };
  return {
    ...{ place, record, key: await keys.signing(), restored: null },
    base: { hub: base, person: base, commit: base, diverged: null },
    savedBy: async () => () => ({ task: 'main', title: 'main' }),
    settle: [],
    onCommit: () => undefined,
    onKept: () => undefined,
  };
}

async function wholeSave({ size, scratch }: Parameters<Opening>[0]): Promise<Comparison> {
  const spec = usualHistory(size);
  const count = savedAtOnce(size);
  const source = await workloadRepository(spec);
  const started = await countProcesses(scratch, source, count);
  const world = await openWorld({ scratch, source, person: 'checkout' });
  const naive = await makeNaiveClone(scratch, source);
  let landed = '';
  return {
    workload: `whole Save of ${count}, checkout delivered, ${describe(spec)}`,
    rounds: rounds(size, 4),
    seen: '17x with refs alone, 11x with the checkout',
    sides: [
      {
        name: 'thalogos, signed and journaled',
        role: 'ours',
        run: async (round) => {
          landed = (await world.save(world.tasks.batch(count, round))).commit;
          return undefined;
        },
      },
      {
        name: NAIVE,
        role: 'peer',
        run: async (round) => {
          await naive.save(numbersOf(world.tasks.batch(count, round)), `bench-${round}`);
          return undefined;
        },
      },
    ],
    goals: [],
    check: async () =>
      requireSame(await runGit(world.place.hub.gitDir, 'rev-parse', `${landed}^{tree}`), await naive.tree()),
    notes: () => [started],
    close: world.close,
  };
}

function numbersOf(ids: readonly string[]): readonly number[] {
  return ids.map((id) => Number(id.slice('t-'.length)));
}

function requireSame(ours: string, theirs: string): void {
  if (ours !== theirs) throw new Error(`The trees differ: ours is ${ours}, the naive merge gave ${theirs}`);
}
