import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeRepository, type TestRepository } from '@thalogos/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { makeTestCli, type Ran, type TestCli } from './test-cli.ts';
import * as shapes from './test-shapes.ts';

let cli: TestCli;
let repository: TestRepository;
beforeAll(async () => {
  cli = await makeTestCli();
  repository = await makeRepository();
});
afterAll(async () => {
  await cli[Symbol.asyncDispose]();
  await repository[Symbol.asyncDispose]();
});

/** Runs a command with `--json` in the repository and reads its one object by its shape; `code` is its exit code. */
async function ask<T extends z.ZodType>(shape: T, code: number, ...words: string[]): Promise<z.infer<T>> {
  const ran = await cli.run(repository.path, [...words, '--json']);
  return read(shape, code, ran);
}

function read<T extends z.ZodType>(shape: T, code: number, ran: Ran): z.infer<T> {
  expect(ran.code, `${ran.out}${ran.err}`).toBe(code);
  expect(ran.out.trim().split('\n')).toHaveLength(1);
  return shape.parse(ran.json);
}

const goal = (text: string, ...words: string[]) => ask(shapes.Goal, 0, 'goal', text, '--wait', ...words);
const write = (path: string, content: string) => `[[write path=${path} content=${JSON.stringify(content)}]]`;
const idOf = (stated: z.infer<typeof shapes.Goal>, key: string) =>
  stated.tasks.find((task) => task.key === key)?.id ?? '';

describe('the server and the project', () => {
  it('are found or made by the first command: a server, and no project where there is no repository', async () => {
    const outside = read(shapes.Status, 0, await cli.run(repository.around, ['status', '--json']));
    expect(outside.project).toBeNull();
    expect(await cli.server()).toMatchObject({ pid: outside.server.pid, port: outside.server.port });
    const inside = await ask(shapes.Status, 0, 'status');
    expect(inside).toMatchObject({
      project: { path: repository.path, branch: 'main', head: await repository.oid() },
      decisions: 0,
    });
    expect(inside.server.pid).toBe(outside.server.pid);
  });

  it('are the same from --repo and from where npm was called', async () => {
    const named = read(shapes.Status, 0, await cli.run('/', ['status', '--repo', repository.path, '--json']));
    const environment = { INIT_CWD: repository.path };
    const called = read(shapes.Status, 0, await cli.run('/', ['--json', 'status'], { environment }));
    expect(called.project?.id).toBe(named.project?.id);
  });

  it('say what the machine has', async () => {
    await ask(shapes.Doctor, 0, 'doctor');
    const { agents } = await ask(shapes.Agents, 0, 'agents');
    expect(agents).toContainEqual(expect.objectContaining({ name: 'scripted', healthy: true }));
    const projects = await cli.run(repository.path, ['projects', '--json']);
    expect(projects.json).toMatchObject({ projects: [{ path: repository.path }] });
  });

  it('answer an unknown command, a missing word and a folder that is no repository as errors', async () => {
    expect(await ask(shapes.Failed, 2, 'bogus')).toMatchObject({ error: { code: 'usage' } });
    expect(await ask(shapes.Failed, 2)).toMatchObject({ error: { code: 'usage' } });
    await ask(shapes.Failed, 2, 'diff');
    await ask(shapes.Failed, 2, 'tasks', '--no-such-option');
    await ask(shapes.Failed, 2, 'save', '--only', 't-1', '--without', 't-2');
    await ask(shapes.Failed, 2, 'approve');
    await ask(shapes.Failed, 2, 'reject', 't-1');
    await ask(shapes.Failed, 2, 'goal', 'Do it', '--best-of', '9');
    await ask(shapes.Failed, 2, 'resolve', 'c-1');
    await ask(shapes.Failed, 2, 'resolve', 'c-1', '--take', 'no-such-file');
    expect(await ask(shapes.Failed, 1, 'task', 't-none')).toMatchObject({ error: { code: 'not-found' } });
    const elsewhere = await cli.run(repository.around, ['tasks', '--json']);
    expect(read(shapes.Failed, 1, elsewhere)).toMatchObject({ error: { code: 'not-a-repository' } });
  });

  it('speak to people without --json: text on standard output, mistakes on standard error', async () => {
    const status = await cli.run(repository.path, ['status']);
    expect(status).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining(repository.path) as string,
    });
    expect(await cli.run(repository.path, ['bogus'])).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('bogus') as string,
    });
  });
});

describe('a goal', () => {
  it('becomes tasks that rest in review, with everything named about them', async () => {
    const stated = await goal(
      `- [a] @scripted Write a ${write('a.txt', 'a\n')}\n- [b] after: a; Write b ${write('b.txt', 'b\n')}`,
    );
    expect(stated.tasks).toMatchObject([
      { key: 'a', title: 'Write a', state: 'review', after: [], files: { changed: 1, added: 1, removed: 0 } },
      { key: 'b', title: 'Write b', state: 'review', after: [idOf(stated, 'a')] },
    ]);
    expect(await ask(shapes.Tasks, 0, 'tasks')).toMatchObject({ tasks: [{ key: 'a' }, { key: 'b' }] });
    expect((await ask(shapes.Tasks, 0, 'plan')).tasks).toHaveLength(2);
    const one = await ask(shapes.OneTask, 0, 'task', idOf(stated, 'a'));
    expect(one).toMatchObject({ task: { key: 'a' }, runs: [{ end: 'completed' }] });
    const changed = await ask(shapes.Diff, 0, 'diff', idOf(stated, 'b'));
    expect(changed.files).toMatchObject([{ path: 'b.txt', status: 'added', added: 1, removed: 0 }]);
    expect(changed.patch).toContain('+b');
  });

  it('may come from standard input', async () => {
    const input = 'Say something [[say hello]]';
    const stated = read(
      shapes.Goal,
      0,
      await cli.run(repository.path, ['goal', '-', '--wait', '--json'], { input }),
    );
    expect(stated.tasks).toMatchObject([{ title: 'Say something', state: 'review' }]);
    await ask(shapes.Tasks, 0, 'cancel', idOf(stated, 't1'));
  });

  it('is refused as a whole for an unknown agent or key, a doubled key and a cycle', async () => {
    const before = (await ask(shapes.Tasks, 0, 'tasks')).tasks.length;
    for (const text of [
      '@nobody do it',
      '- after: none; do it',
      '- [a] x\n- [a] y',
      '- [a] after: b; x\n- [b] after: a; y',
    ]) {
      await ask(shapes.Failed, 1, 'goal', text);
    }
    expect((await ask(shapes.Tasks, 0, 'tasks')).tasks).toHaveLength(before);
  });

  it('may be planned only, and started later', async () => {
    const planned = await ask(shapes.Goal, 0, 'goal', 'Later [[say hi]]', '--plan-only');
    expect(planned.tasks).toMatchObject([{ state: 'planned' }]);
    expect((await ask(shapes.Tasks, 0, 'plan', '--accept')).tasks).toMatchObject([{ title: 'Later' }]);
    await ask(shapes.Tasks, 0, 'cancel', idOf(planned, 't1'));
  });

  it('ends its waiting with 1 for a task that failed, and 4 for one that waits for a person', async () => {
    const failed = await ask(shapes.Goal, 1, 'goal', 'Fail [[fail on purpose]]', '--wait');
    expect(failed.tasks).toMatchObject([
      { state: 'failed', error: { message: expect.stringContaining('on purpose') as string } },
    ]);
    await ask(shapes.Tasks, 0, 'cancel', idOf(failed, 't1'));
    const asked = await ask(
      shapes.Goal,
      4,
      'goal',
      `Ask [[ask Which? | one | two]] ${write('asked.txt', '{{answer}}')}`,
      '--wait',
    );
    const { decisions } = await ask(shapes.Decisions, 0, 'decisions');
    expect(decisions).toMatchObject([{ kind: 'question', summary: 'Which?', task: idOf(asked, 't1') }]);
    expect((await ask(shapes.Status, 0, 'status')).decisions).toBe(1);
    const choice = decisions[0]?.options.find(({ label }) => label === 'two')?.id ?? '';
    await ask(shapes.Decisions, 0, 'decide', decisions[0]?.id ?? '', choice);
    expect((await ask(shapes.Decisions, 0, 'decisions')).decisions).toEqual([]);
    await ask(shapes.Tasks, 0, 'cancel', idOf(asked, 't1'));
  });
});

describe('a task', () => {
  it('is steered, stopped, retried, rejected with a reason and cancelled', async () => {
    const stated = await ask(shapes.Goal, 0, 'goal', `Hang [[sleep 60000]]`);
    const task = idOf(stated, 't1');
    await expect
      .poll(async () => (await ask(shapes.OneTask, 0, 'task', task)).task.state, { timeout: 20_000 })
      .toBe('running');
    await ask(shapes.Tasks, 0, 'steer', task, `- also ${write('steered.txt', 'x')}`);
    expect(await ask(shapes.Tasks, 0, 'stop', task)).toMatchObject({
      tasks: [{ id: task, state: 'stopped' }],
    });
    await ask(shapes.Tasks, 0, 'retry', task, '--agent', 'scripted');
    await ask(shapes.Tasks, 0, 'cancel', task);
    const written = await goal(`Write ${write('c.txt', 'c')}`);
    const rejected = await ask(
      shapes.Tasks,
      0,
      'reject',
      idOf(written, 't1'),
      '--because',
      `Say more ${write('c.txt', 'more')}`,
    );
    expect(rejected.tasks).toMatchObject([{ id: idOf(written, 't1') }]);
    await expect
      .poll(async () => (await ask(shapes.OneTask, 0, 'task', idOf(written, 't1'))).task.state, {
        timeout: 20_000,
      })
      .toBe('review');
    expect((await ask(shapes.Diff, 0, 'diff', idOf(written, 't1'))).patch).toContain('+more');
    await ask(shapes.Tasks, 0, 'cancel', idOf(written, 't1'));
  });

  it('starts none while the project is paused', async () => {
    await ask(shapes.Tasks, 0, 'pause');
    const stated = await ask(shapes.Goal, 4, 'goal', 'Wait [[say hi]]', '--wait');
    expect(stated.tasks).toMatchObject([{ runs: 0 }]);
    await ask(shapes.Tasks, 0, 'cancel', idOf(stated, 't1'));
    await ask(shapes.Tasks, 0, 'resume');
  });
});

describe('a Save', () => {
  it('is previewed, lands, is on the timeline and verifies', async () => {
    expect(await ask(shapes.Outcome, 0, 'save', '--wait')).toMatchObject({
      kind: 'nothing-to-save',
      checkpoint: null,
    });
    const { tasks } = await ask(shapes.Tasks, 0, 'approve', '--all');
    const preview = await ask(shapes.Preview, 0, 'preview');
    expect(preview.enters.toSorted()).toEqual(tasks.map(({ id }) => id).toSorted());
    const outcome = await ask(shapes.Outcome, 0, 'save', '--wait');
    expect(outcome).toMatchObject({
      kind: 'saved',
      delivery: { state: 'updated' },
      checks: [{ state: 'unverified' }],
    });
    expect(await repository.oid('main')).toBe(outcome.checkpoint?.commit);
    const { entries } = await ask(shapes.Timeline, 0, 'timeline', '--limit', '1');
    expect(entries).toMatchObject([
      { kind: 'save', tag: outcome.checkpoint?.tag, commit: outcome.checkpoint?.commit, signature: 'good' },
    ]);
    expect((await cli.run(repository.path, ['verify', '--json'])).json).toMatchObject({
      ok: true,
      problems: [],
    });
    expect((await cli.run(repository.path, ['verify', '--print-command', '--json'])).json).toMatchObject({
      commands: expect.arrayContaining([expect.stringContaining('allowedSignersFile=')]) as string[],
    });
  });

  it('that conflicts lands nothing and is saved without the one in the way; answers at once without --wait', async () => {
    const stated = await goal(
      `- [l] ${write('line.txt', 'left\n')}\n- [r] ${write('line.txt', 'right\n')}`,
      '--approve',
    );
    expect(stated.tasks).toMatchObject([{ state: 'approved' }, { state: 'approved' }]);
    const conflicted = await ask(shapes.Outcome, 4, 'save', '--wait');
    expect(conflicted).toMatchObject({
      kind: 'conflicted',
      conflicts: [{ path: 'line.txt', kind: 'add-add' }],
    });
    const started = await ask(shapes.StartedSave, 0, 'save', '--without', idOf(stated, 'r'));
    expect(started.save.id).toMatch(/^v-/);
    await expect
      .poll(async () => (await ask(shapes.Status, 0, 'status')).save, { timeout: 30_000 })
      .toBeNull();
    const { entries } = await ask(shapes.Timeline, 0, 'timeline');
    expect(entries.slice(0, 2)).toMatchObject([{ kind: 'save' }, { kind: 'failed', tag: null }]);
    await ask(shapes.Tasks, 0, 'cancel', idOf(stated, 'r'));
  });

  it('that conflicts lands once each conflict is settled: by a side, by both, or by a file', async () => {
    const paths = ['ours.txt', 'theirs.txt', 'both.txt', 'file.txt'];
    const all = (text: string) => paths.map((path) => write(path, `${text}\n`)).join(' ');
    await goal(`- [o] ${all('one')}\n- [t] ${all('two')}`, '--approve');
    expect((await ask(shapes.Outcome, 4, 'save', '--wait')).conflicts).toHaveLength(4);
    const { conflicts } = await ask(shapes.Conflicts, 0, 'conflicts');
    expect(conflicts.map(({ path }) => path)).toEqual(paths.toSorted());
    await writeFile(join(repository.path, '..', 'solution.txt'), 'three\n');
    const takes = {
      'ours.txt': 'ours',
      'theirs.txt': 'theirs',
      'both.txt': 'union',
      'file.txt': '../solution.txt',
    };
    for (const [path, take] of Object.entries(takes)) {
      const conflict = conflicts.find((one) => one.path === path)?.id ?? '';
      await ask(shapes.Conflicts, 0, 'resolve', conflict, '--take', take);
    }
    const said = await cli.run(repository.path, ['conflicts']);
    expect(said.out).toContain('settled by');
    expect(await ask(shapes.Outcome, 0, 'save', '--wait')).toMatchObject({ kind: 'saved', conflicts: [] });
    const landed = paths.map((path) => repository.git('show', `main:${path}`));
    expect(await Promise.all(landed)).toEqual(['one', 'two', 'one\ntwo', 'three']);
    expect((await ask(shapes.Conflicts, 0, 'conflicts')).conflicts).toEqual([]);
    await ask(shapes.Failed, 1, 'resolve', 'c-none', '--take', 'ours');
  });

  it('is refused while its checks are not trusted, and red where one fails', async () => {
    const check = 'checks:\n  - name: no-bad\n    command: [test, "!", -e, bad.txt]\n';
    await repository.commit('Check', { '.thalogos/config.yaml': check });
    const stated = await goal(
      `- [bad] ${write('bad.txt', 'x')}\n- [good] ${write('good.txt', 'x')}`,
      '--approve',
    );
    expect(await ask(shapes.Outcome, 5, 'save', '--wait')).toMatchObject({
      kind: 'refused',
      refused: { why: expect.any(String) as string },
    });
    const shown = await ask(shapes.Trust, 0, 'trust');
    expect(shown).toMatchObject({ trusted: false, executes: [{ command: ['test', '!', '-e', 'bad.txt'] }] });
    expect(await ask(shapes.Trust, 0, 'trust', '--yes')).toMatchObject({ trusted: true, hash: shown.hash });
    const red = await ask(shapes.Outcome, 4, 'save', '--wait');
    expect(red).toMatchObject({
      kind: 'checks-failed',
      failed: ['no-bad'],
      checks: [{ name: 'no-bad', state: 'failed' }],
    });
    expect(await ask(shapes.Outcome, 0, 'save', '--without', idOf(stated, 'bad'), '--wait')).toMatchObject({
      kind: 'saved',
      checks: [{ name: 'no-bad', state: 'passed' }],
    });
    await ask(shapes.Tasks, 0, 'cancel', idOf(stated, 'bad'));
  });

  it('is undone by a rollback, which is undone by another', async () => {
    const { entries } = await ask(shapes.Timeline, 0, 'timeline');
    const tags = entries.flatMap(({ tag }) => tag ?? []);
    const first = tags.at(-1) ?? '';
    const preview = await cli.run(repository.path, ['rollback', first, '--preview', '--json']);
    expect(preview).toMatchObject({ code: 0, json: { tag: first, undone: expect.any(Array) as string[] } });
    const undone = await ask(shapes.RolledBack, 0, 'rollback', first, '--wait');
    expect(undone).toMatchObject({ kind: 'saved' });
    expect(undone.undone.length).toBeGreaterThan(0);
    expect(await ask(shapes.RolledBack, 0, 'rollback', tags[0] ?? '', '--wait')).toMatchObject({
      kind: 'saved',
    });
    await ask(shapes.Failed, 1, 'rollback', 'checkpoint/1999-01-01-001', '--wait');
  });

  it('is cancelled only where one runs', async () => {
    const ran = await cli.run(repository.path, ['save', '--cancel', '--json']);
    if (ran.code === 0) shapes.CancelledSave.parse(ran.json);
    else shapes.Failed.parse(ran.json);
  });
});

describe('branches', () => {
  it('are listed with their heads, and promoted along the chain, each promotion a line of the timeline', async () => {
    const { branches } = await ask(shapes.Branches, 0, 'branches');
    expect(branches).toContainEqual(
      expect.objectContaining({ name: 'main', kind: 'main', ahead: 0, behind: 0 }),
    );
    expect(branches.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['integration', 'task']));
    const { entries } = await ask(shapes.Timeline, 0, 'timeline');
    const tag = entries.find((entry) => entry.tag !== null)?.tag ?? '';
    expect(await ask(shapes.Failed, 5, 'promote', tag, '--to', 'staging')).toMatchObject({
      error: { code: 'refused', hint: expect.stringContaining('--to dev') as string },
    });
    const promoted = await ask(shapes.Promotion, 0, 'promote', tag, '--to', 'dev');
    expect(promoted).toMatchObject({ tag, branch: 'dev', from: null, moved: true });
    expect(await repository.oid('dev')).toBe(promoted.commit);
    expect(await ask(shapes.Promotion, 0, 'promote', tag, '--to', 'dev')).toMatchObject({ moved: false });
    await ask(shapes.Promotion, 0, 'promote', tag, '--to', 'staging');
    expect((await ask(shapes.Timeline, 0, 'timeline', '--limit', '2')).entries).toMatchObject([
      { kind: 'promotion', tag, branch: 'staging', signature: 'good' },
      { kind: 'promotion', tag, branch: 'dev' },
    ]);
    await ask(shapes.Failed, 2, 'promote', tag);
    await ask(shapes.Failed, 1, 'promote', 'checkpoint/1999-01-01-001', '--to', 'dev');
    expect((await cli.run(repository.path, ['verify', '--json'])).json).toMatchObject({ ok: true });
  });

  it('have a workflow for a forge that is shown and never written', async () => {
    const offer = await ask(shapes.Workflow, 0, 'workflow');
    expect(offer.content).toContain('session/**');
    expect(await repository.git('status', '--porcelain', '--', '.github')).toBe('');
  });
});

describe('a lost server', () => {
  it('is started again by whoever waits, and the waiting goes on', async () => {
    const waiting = cli.run(repository.path, [
      'goal',
      `Slow [[sleep 3000]] ${write('slow.txt', 'x')}`,
      '--wait',
      '--json',
    ]);
    await expect
      .poll(async () => (await ask(shapes.Status, 0, 'status')).tasks.running ?? 0, { timeout: 20_000 })
      .toBe(1);
    const { pid } = await cli.server();
    process.kill(pid, 'SIGKILL');
    const ran = await waiting;
    const stated = shapes.Goal.parse(ran.json);
    expect(['review', 'interrupted']).toContain(stated.tasks[0]?.state);
    expect((await cli.server()).pid).not.toBe(pid);
  });

  it('is stopped by stop-server, which says so when there is none', async () => {
    const { pid } = await cli.server();
    expect((await cli.run(repository.path, ['stop-server', '--json'])).json).toEqual({ stopped: true, pid });
    // It has ended; whoever inherited it may take a moment to strike it off the list of processes.
    await expect.poll(() => isListed(pid), { timeout: 10_000 }).toBe(false);
    expect((await cli.run(repository.path, ['stop-server', '--json'])).json).toEqual({
      stopped: false,
      pid: null,
    });
  });

  it('leaves a clear reason where none can be started', async () => {
    const file = join(repository.around, 'no-folder');
    await mkdir(file);
    await rm(file, { recursive: true });
    const ran = await cli.run(repository.path, ['status', '--json'], { environment: { THALOGOS_PORT: 'x' } });
    expect(read(shapes.Failed, 1, ran)).toMatchObject({
      error: { message: expect.stringContaining('THALOGOS_PORT') as string },
    });
  });
});

function isListed(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
