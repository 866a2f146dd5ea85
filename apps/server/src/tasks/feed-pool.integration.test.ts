import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeRepository, runTestGit, writeFiles } from '@thalogos/testkit';
import { describe, expect, it } from 'vitest';
import { MARA, startTestThalogos, type TestThalogos } from '../test-thalogos.ts';

const write = (path: string, content: string) => `[[write path=${path} content=${JSON.stringify(content)}]]`;

async function openProject(thalogos: TestThalogos, path: string) {
  const { id } = await thalogos.open(path);
  const directory = join(thalogos.dataDirectory, 'projects', id);
  return {
    id,
    worktreeOf: (task: { session: string; id: string }) =>
      join(directory, 'worktrees', task.session, task.id),
    directory,
  };
}

/** A task that was saved, with its worktree. */
async function saved(thalogos: TestThalogos, project: string, name: string) {
  const [task] = await thalogos.work(project, `Make ${write(name, 'x\n')}`, { approve: true });
  if (task === undefined) throw new Error('There is no task');
  await thalogos.taskIn(task.id, 'approved');
  expect(await thalogos.save(project)).toMatchObject({ kind: 'saved' });
  return task;
}

describe('the worktree of a saved task', () => {
  it('stays until another task needs one, which gets it clean; what was in it is kept', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository({
      commits: [{ message: 'Base', files: { '.gitignore': 'kept/\n' } }],
    });
    const { id, worktreeOf, directory } = await openProject(thalogos, repository.path);
    const first = await saved(thalogos, id, 'one.txt');
    await writeFiles(worktreeOf(first), { 'afterthought.txt': 'mine', 'kept/ignored': 'x' });
    const [second] = await thalogos.work(id, `Next ${write('two.txt', '2\n')}`);
    if (second === undefined) throw new Error('There is no task');
    expect([existsSync(worktreeOf(first)), existsSync(`${worktreeOf(first)}.ready`)]).toEqual([false, false]);
    expect((await readdir(worktreeOf(second))).toSorted()).toEqual([
      '.git',
      '.gitignore',
      'one.txt',
      'two.txt',
    ]);
    const hub = join(directory, 'hub.git');
    expect(await readFile(join(worktreeOf(second), '.git'), 'utf8')).toContain(`worktrees/${first.id}`);
    const wip = `refs/thalogos/wip/${first.session}/${first.id}/`;
    const refs = await runTestGit(hub, ['for-each-ref', '--format=%(refname)', wip], { GIT_DIR: hub });
    expect(
      await runTestGit(hub, ['show', `${refs.split('\n').at(-1) ?? ''}:afterthought.txt`], { GIT_DIR: hub }),
    ).toBe('mine');
  });

  it('is nobody else’s while a process stands in it', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository();
    const { id, worktreeOf } = await openProject(thalogos, repository.path);
    const first = await saved(thalogos, id, 'one.txt');
    const standing = spawn('cat', { cwd: worktreeOf(first), stdio: ['pipe', 'ignore', 'ignore'] });
    await new Promise((resolve) => standing.once('spawn', resolve));
    const [second] = await thalogos.work(id, `Next ${write('two.txt', '2\n')}`);
    expect([existsSync(join(worktreeOf(first), 'one.txt')), second?.state]).toEqual([true, 'review']);
    standing.stdin.end();
  });

  it('goes to the next task when it was cancelled, too', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository();
    const { id, worktreeOf, directory } = await openProject(thalogos, repository.path);
    const [first] = await thalogos.work(id, `Make ${write('one.txt', 'x\n')}`);
    if (first === undefined) throw new Error('There is no task');
    await thalogos.calls.tasks.cancel([first.id], MARA);
    expect(existsSync(worktreeOf(first))).toBe(false);
    expect(await readdir(join(directory, 'pool'))).toHaveLength(1);
    await thalogos.restart();
    const [second] = await thalogos.work(id, `Next ${write('two.txt', '2\n')}`);
    expect(await readdir(join(directory, 'pool'))).toHaveLength(0);
    expect(second?.files).toEqual({ changed: 1, added: 1, removed: 0 });
  });
});
