import { spawn } from 'node:child_process';
import type { Comparison, Row } from '../harness/comparison.ts';
import { workloadRepository } from '../workloads/repository.ts';
import { describe, rounds, savedAtOnce, usualHistory } from '../workloads/sizes.ts';
import { openWorld } from '../world/open-world.ts';
import { PEER_ENVIRONMENT } from '../world/run-git.ts';

const LIMIT = 'the answers of one merge-tree';

/** Row 2: how close a Save comes to what its merges alone cost. */
export const saveLimit: Row = {
  number: 2,
  name: 'save-limit',
  comparisons: [
    async ({ size, scratch }): Promise<Comparison> => {
      const spec = usualHistory(size);
      const count = savedAtOnce(size);
      const batches = rounds(size, 4) + 1;
      const source = await workloadRepository(spec);
      const world = await openWorld({ scratch, source, person: 'bare' });
      const results = new Map(world.tasks.all.map(({ id, result }) => [id, result ?? '']));
      return {
        workload: `Save of ${count}, refs only, ${describe(spec)}`,
        rounds: batches - 1,
        seen: '0.94-1.6x',
        sides: [
          {
            name: 'thalogos, the whole saga',
            role: 'ours',
            run: async (round) => {
              await world.save(world.tasks.batch(count, round));
              return undefined;
            },
          },
          {
            name: LIMIT,
            role: 'limit',
            run: async (round) => {
              // With a sibling, another one each round: merging with their common base would be no merge at all.
              const partners = world.tasks.batch(count, round + 1 < batches ? round + 1 : 0);
              const pairs = world.tasks
                .batch(count, round)
                .map((id, at) => `${results.get(partners[at] ?? '')} ${results.get(id)}\n`);
              await answersOf(world.place.hub.gitDir, pairs.join(''));
              return undefined;
            },
          },
        ],
        goals: [{ kind: 'within', of: LIMIT, atMost: 1.2 }],
        close: world.close,
      };
    },
  ],
};

/** Merges pairs of commits with one process; nothing is made of the answers. */
async function answersOf(gitDir: string, pairs: string): Promise<void> {
  const child = spawn('git', ['merge-tree', '--write-tree', '-z', '--stdin'], {
    env: { ...PEER_ENVIRONMENT, GIT_DIR: gitDir },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.stdout.resume();
  child.stdin.end(pairs);
  if ((await ended) !== 0) throw new Error('git merge-tree failed');
}
