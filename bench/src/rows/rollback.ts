import type { Comparison, Row, Side } from '../harness/comparison.ts';
import { makeNaiveClone, type NaiveClone, peerGit } from '../peers/naive-merge.ts';
import { workloadRepository } from '../workloads/repository.ts';
import { describe, largeHistory, rounds, usualHistory } from '../workloads/sizes.ts';
import { openWorld } from '../world/open-world.ts';
import { runGit } from '../world/run-git.ts';
import type { HistorySpec } from '../workloads/history.ts';

const CHECKOUT = 'simple-git rm --cached, checkout, commit';
const REVERT = 'git revert of each commit';
const REVERTED = 20;

/** Row 4: an earlier checkpoint comes back as a new commit, in the person's checkout too. */
export const rollback: Row = {
  number: 4,
  name: 'rollback',
  comparisons: [
    ({ size, scratch }) => restoreOf(scratch, usualHistory(size), rounds(size, 5)),
    async ({ size, scratch }) => {
      const spec = largeHistory(size);
      return spec === null ? null : restoreOf(scratch, spec, 2);
    },
  ],
};

async function restoreOf(scratch: string, spec: HistorySpec, rounds: number): Promise<Comparison> {
  const source = await workloadRepository(spec);
  const world = await openWorld({ scratch, source, person: 'checkout' });
  const naive = await makeNaiveClone(scratch, source);
  const count = Math.min(REVERTED, spec.branches);
  const [first = '', ...others] = world.tasks.pick(count, 0);
  const before = await world.save([first]);
  const after = await world.save(others);
  // Every other round brings the later checkpoint back, so that each has as much to restore.
  const target = (round: number) => (round % 2 === 0 ? before : after);
  const person = world.place.person.workTree ?? '';
  await runGit(naive.path, 'fetch', '--quiet', world.place.hub.gitDir, `${after.commit}`);
  await runGit(naive.path, 'reset', '--quiet', '--hard', after.commit);
  return {
    workload: `${count} tasks undone, checkout refreshed, ${describe(spec)}`,
    rounds,
    seen: '39x and 4.5x at 5,000 files, 43x and 5.6x at 50,000: the commit, its ref and the checkout, without a saga around them',
    sides: [
      {
        name: 'thalogos, signed and journaled',
        role: 'ours',
        run: async (round) => {
          await world.restore(target(round).tag);
          return undefined;
        },
      },
      byCheckout(naive, (round) => target(round).commit),
      byRevert(naive, { scratch, count, from: world.tasks.base }),
    ],
    goals: [
      { kind: 'faster', than: CHECKOUT, atLeast: 35 },
      { kind: 'faster', than: REVERT, atLeast: 4 },
    ],
    check: async (round) => {
      const [ours, theirs, status] = await Promise.all([
        runGit(person, 'rev-parse', 'HEAD^{tree}'),
        runGit(naive.path, 'rev-parse', 'HEAD^{tree}'),
        runGit(person, 'status', '--porcelain'),
      ]);
      if (ours !== theirs || status !== '')
        throw new Error(`Round ${round}: ours ${ours}, theirs ${theirs}, ${status}`);
    },
    close: world.close,
  };
}

function byCheckout({ path }: NaiveClone, target: (round: number) => string): Side {
  const git = peerGit(path);
  return {
    name: CHECKOUT,
    role: 'peer',
    run: async (round) => {
      await git.raw('rm', '-r', '--quiet', '--cached', '.');
      await git.raw('checkout', target(round), '--', '.');
      await git.commit('Restore', ['--allow-empty']);
      return undefined;
    },
  };
}

/** As many plain commits as there were tasks, undone one by one in a checkout of their own. */
function byRevert(
  { path }: NaiveClone,
  { scratch, count, from }: { scratch: string; count: number; from: string },
): Side {
  const copy = `${scratch}/reverted`;
  let tip = '';
  return {
    name: REVERT,
    role: 'peer',
    prepare: async (round) => {
      if (round === 0) {
        await runGit(scratch, 'clone', '--quiet', '--shared', '--no-checkout', path, copy);
        await runGit(copy, 'checkout', '--quiet', '-B', 'main', from);
        const branches = Array.from({ length: count }, (_, index) => `refs/heads/task/${index + 1}`);
        await runGit(copy, 'fetch', '--quiet', path, ...branches);
        await runGit(
          copy,
          'cherry-pick',
          ...(await Promise.all(branches.map((branch) => runGit(path, 'rev-parse', branch)))),
        );
        tip = await runGit(copy, 'rev-parse', 'HEAD');
      }
      await runGit(copy, 'reset', '--quiet', '--hard', tip);
    },
    run: async () => {
      await runGit(copy, 'revert', '--no-edit', `${from}..${tip}`);
      return undefined;
    },
  };
}
