import { execFile } from 'node:child_process';
import type { Comparison, Row } from '../harness/comparison.ts';
import { mergeTree } from '../../../apps/server/src/git/merge-tree.ts';
import { isClashing } from '../workloads/history.ts';
import { workloadRepository } from '../workloads/repository.ts';
import { describe, rounds, usualHistory } from '../workloads/sizes.ts';
import { openWorld, type World } from '../world/open-world.ts';
import { PEER_ENVIRONMENT, runGit } from '../world/run-git.ts';

const SPAWNS = 'a merge-tree for each';

/** Row 3: which of many branches are in conflict with the tip. */
export const conflictCheck: Row = {
  number: 3,
  name: 'conflict-check',
  comparisons: [
    async ({ size, scratch }): Promise<Comparison> => {
      const spec = usualHistory(size);
      const world = await openWorld({ scratch, source: await workloadRepository(spec), person: 'bare' });
      const { gitDir } = world.place.hub;
      const tip = await runGit(gitDir, 'rev-parse', 'refs/heads/clash');
      const expected = world.tasks.all
        .filter((_, index) => isClashing(index + 1))
        .map(({ id }) => id)
        .join();
      const found = { ours: '', theirs: '' };
      return {
        workload: `${spec.branches} branches against the tip, ${describe(spec)}`,
        rounds: rounds(size, 7),
        seen: '6.5x',
        sides: [
          {
            name: 'thalogos, one live merge-tree',
            role: 'ours',
            run: async () => {
              found.ours = await checkLive(world, tip);
              return undefined;
            },
          },
          {
            name: SPAWNS,
            role: 'peer',
            run: async () => {
              found.theirs = await checkBySpawn(world, tip);
              return undefined;
            },
          },
        ],
        goals: [{ kind: 'faster', than: SPAWNS, atLeast: 6 }],
        check: async () => {
          if (found.ours !== expected || found.theirs !== expected)
            throw new Error(`In conflict are ${expected}, and not ${JSON.stringify(found)}`);
        },
        close: world.close,
      };
    },
  ],
};

async function checkLive({ place, tasks }: World, tip: string): Promise<string> {
  const outcomes = await Promise.all(
    tasks.all.map(async ({ id, result }) => ({ id, outcome: await mergeTree(place.hub, tip, result ?? '') })),
  );
  return outcomes
    .filter(({ outcome }) => outcome.kind === 'conflicted')
    .map(({ id }) => id)
    .join();
}

async function checkBySpawn({ place, tasks }: World, tip: string): Promise<string> {
  const conflicted: string[] = [];
  for (const { id, result } of tasks.all)
    if ((await exitCodeOf(place.hub.gitDir, ['merge-tree', '--write-tree', tip, result ?? ''])) === 1)
      conflicted.push(id);
  return conflicted.join();
}

/** 1 says that there are conflicts, which is an answer and not a fault. */
function exitCodeOf(gitDir: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    execFile('git', [...args], { env: { ...PEER_ENVIRONMENT, GIT_DIR: gitDir } }, (error) => {
      if (error === null) resolve(0);
      else if (error.code === 1) resolve(1);
      else reject(new Error('git merge-tree failed', { cause: error }));
    });
  });
}
