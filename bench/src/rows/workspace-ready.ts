import { execFile } from 'node:child_process';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ProjectConfig } from '@thalogos/contracts';
import { poolWorktree } from '../../../apps/server/src/git/worktree-pool.ts';
import { startProcess } from '../../../apps/server/src/platform/process.ts';
import { makePrepareWorktree } from '../../../apps/server/src/projects/prepare-worktree.ts';
import type { Comparison, Row } from '../harness/comparison.ts';
import { workloadRepository } from '../workloads/repository.ts';
import { describe, rounds, usualHistory } from '../workloads/sizes.ts';
import { openWorld } from '../world/open-world.ts';
import { runGit } from '../world/run-git.ts';

const ADD = 'git worktree add';
const NO_SETTINGS = ProjectConfig.parse({});
const SAFETY = 'refs/thalogos/wip/bench';

/** Row 5: a clean workspace for a new task. */
export const workspaceReady: Row = {
  number: 5,
  name: 'workspace-ready',
  comparisons: [
    async ({ size, scratch }): Promise<Comparison> => {
      const spec = usualHistory(size);
      const world = await openWorld({ scratch, source: await workloadRepository(spec), person: 'bare' });
      const { hub } = world.place;
      const { base } = world.tasks;
      const prepareWorktree = makePrepareWorktree({ start: startProcess, environment: {} });
      const workspace = async (round: number) => {
        const path = join(scratch, 'pooled', String(round));
        const order = { place: world.place, path, commit: base, config: NO_SETTINGS, mark: 'bench' };
        const { kind } = await prepareWorktree({ ...order, trusted: true });
        if (kind !== 'ready') throw new Error(`The workspace could not be made: ${kind}`);
        return path;
      };
      let last = await workspace(-1);
      const fresh = join(scratch, 'fresh');
      return {
        workload: `${describe(spec)}, the disk synced before each`,
        rounds: rounds(size, 5),
        seen: '39x; 4.4x with a warm journal',
        sides: [
          {
            name: 'thalogos, pooled worktree',
            role: 'ours',
            prepare: async () => {
              await leaveWork(last);
              await poolWorktree(hub, last, { ref: SAFETY, oid: base });
              await sync();
            },
            run: async (round) => {
              last = await workspace(round);
              return undefined;
            },
          },
          {
            name: ADD,
            role: 'peer',
            prepare: async (round) => {
              if (round > 0) await runGit(hub.gitDir, 'worktree', 'remove', '--force', fresh);
              await sync();
            },
            run: async (round) => {
              await runGit(hub.gitDir, 'worktree', 'add', '--quiet', '-b', `fresh/${round}`, fresh, base);
              return undefined;
            },
          },
        ],
        goals: [{ kind: 'faster', than: ADD, atLeast: 30 }],
        check: async () => {
          const left = await runGit(last, 'status', '--porcelain', '--ignored');
          if (left !== '') throw new Error(`The pooled worktree is not clean: ${left}`);
        },
        close: world.close,
      };
    },
  ],
};

/** What a task leaves: four files edited, one added. */
async function leaveWork(workTree: string): Promise<void> {
  const tracked = (await runGit(workTree, 'ls-files', 'src/area-1')).split('\n').slice(0, 4);
  for (const path of [...tracked, 'left-behind.txt'])
    await appendFile(join(workTree, path), 'work of a task\n');
}

/** What others wrote is on the disk, so that nobody pays for it twice. */
async function sync(): Promise<void> {
  await promisify(execFile)('sync');
}
