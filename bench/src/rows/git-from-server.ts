import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Comparison, Row, Side } from '../harness/comparison.ts';
import { workloadRepository } from '../workloads/repository.ts';
import { rounds, usualHistory } from '../workloads/sizes.ts';
import { startBallast, type Way } from '../world/ballast.ts';

const MEGABYTES = 400;
const SPAWN = 'spawn from the server';
const SIMPLE_GIT = 'simple-git from the server';

/** Row 6: what a git answer costs a server that has grown, and how long it stands still for it. */
export const gitFromServer: Row = {
  number: 6,
  name: 'git-from-server',
  comparisons: [
    ({ size, scratch }) => askedBy({ scratch, atOnce: 1, rounds: rounds(size, 30), quick: size === 'quick' }),
    ({ size, scratch }) => askedBy({ scratch, atOnce: 30, rounds: rounds(size, 5), quick: size === 'quick' }),
  ],
};

interface Asked {
  readonly scratch: string;
  readonly atOnce: number;
  readonly rounds: number;
  readonly quick: boolean;
}

async function askedBy({ scratch, atOnce, rounds, quick }: Asked): Promise<Comparison> {
  const { gitDir } = await workloadRepository(usualHistory(quick ? 'quick' : 'full'));
  const dataDirectory = join(scratch, 'data');
  await mkdir(dataDirectory);
  const server = await startBallast({ gitDir, dataDirectory, megabytes: MEGABYTES });
  let smallest = server.rss;
  const side = (name: string, role: Side['role'], way: Way): Side => ({
    name,
    role,
    run: async () => {
      const { ms, 'stall ms': stall, rss } = await server.ask(way, atOnce);
      smallest = Math.min(smallest, rss);
      return { ms, 'stall ms': stall };
    },
  });
  return {
    workload: `rev-parse, ${atOnce} at once, the server at ${MEGABYTES} MB`,
    rounds,
    seen: '7.2x; 9.6x with 30 at once',
    sides: [
      side('thalogos, a process by the helper', 'ours', 'helper'),
      side('thalogos, the helper’s live process', 'limit', 'live'),
      side(SPAWN, 'peer', 'spawn'),
      side(SIMPLE_GIT, 'peer', 'simple-git'),
    ],
    goals: [
      { kind: 'faster', than: SPAWN, atLeast: 7 },
      { kind: 'faster', than: SIMPLE_GIT, atLeast: 7 },
      { kind: 'below', measure: 'stall ms', atMost: 2 },
    ],
    notes: () => [`the stand-in held ${Math.round(smallest / 1024 / 1024)} MB of ballast at its least`],
    close: server.close,
  };
}
