import { describe, expect, it } from 'vitest';
import { makeTemporaryDirectory } from '@thalogos/testkit';
import { runGit } from '../world/run-git.ts';
import { isClashing } from './history.ts';
import { workloadRepository } from './repository.ts';

describe('a workload', () => {
  it('has branches that merge with each other, and a tip that every fifth is in conflict with', async () => {
    const spec = { files: 60, linesPerFile: 12, commits: 5, branches: 10 };
    const { gitDir } = await workloadRepository(spec);
    await using scratch = await makeTemporaryDirectory();
    await runGit(scratch.path, 'clone', '--quiet', gitDir, 'clone');
    const clone = `${scratch.path}/clone`;
    const branches = Array.from({ length: 10 }, (_, at) => at + 1);
    for (const branch of branches)
      await runGit(clone, 'merge', '--quiet', '--no-edit', `origin/task/${branch}`);
    const conflicts = await Promise.all(
      branches.map((branch) =>
        runGit(gitDir, 'merge-tree', '--write-tree', 'clash', `task/${branch}`).then(
          () => false,
          () => true,
        ),
      ),
    );
    expect(conflicts).toEqual(branches.map(isClashing));
    expect((await runGit(clone, 'ls-tree', '-r', '--name-only', 'origin/main')).split('\n')).toHaveLength(61);
    expect(await runGit(clone, 'rev-list', '--count', 'origin/main')).toBe('5');
  });

  it('is made once for the same numbers', async () => {
    const spec = { files: 60, linesPerFile: 12, commits: 5, branches: 10 };
    const [first, second] = [await workloadRepository(spec), await workloadRepository(spec)];
    expect(first.gitDir).toBe(second.gitDir);
  });
});
