import type { Delivery, Task } from '@thalogos/contracts';
import { makeRepository, type TestRepository, writeFiles } from '@thalogos/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer, until, write } from './test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());

const treeOf = (repository: TestRepository, name = 'main') => repository.oid(`${name}^{tree}`);

describe('the whole way', () => {
  it('from a goal to a Save, a rollback, and the rollback of the rollback', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    const start = await treeOf(repository);
    const tasks = await server.state(
      project,
      `- [a] One ${write('one.txt', '1\n')}\n- after: a; Two [[append path=one.txt content="2\\n"]] ${write('two.txt', '2\n')}`,
    );
    for (const { id } of tasks) await server.taskIn(id, 'review');
    expect(await server.save(project)).toMatchObject({ kind: 'nothing-to-save' });
    await server.tell('review.approve', { project, tasks: [], all: true });
    const first = await server.save(project);
    expect(first).toMatchObject({
      kind: 'saved',
      checks: [{ state: 'unverified' }],
      delivery: { state: 'updated' },
    });
    const afterFirst = await treeOf(repository);
    expect(await repository.git('show', 'main:one.txt')).toBe('1\n2');

    await server.approved(project, `Three ${write('three.txt', '3\n')} [[delete path=README.md]]`);
    const second = await server.save(project);
    const afterSecond = await treeOf(repository);
    expect(second.kind).toBe('saved');

    const back = await server.rollback(project, first.checkpoint!.tag);
    expect(back).toMatchObject({ kind: 'saved' });
    expect(await treeOf(repository)).toBe(afterFirst);
    expect(await repository.git('status', '--porcelain')).toBe('');
    const again = await server.rollback(project, second.checkpoint!.tag);
    expect(again).toMatchObject({ kind: 'saved' });
    expect(await treeOf(repository)).toBe(afterSecond);
    expect(afterSecond).not.toBe(start);

    const timeline = await server.timeline(project);
    expect(timeline.map(({ kind, tag }) => [kind, tag])).toEqual([
      ['restore', again.checkpoint!.tag],
      ['restore', back.checkpoint!.tag],
      ['save', second.checkpoint!.tag],
      ['save', first.checkpoint!.tag],
    ]);
    expect(timeline[1]!.undone).toEqual(second.tasks);
    expect(await server.get('timeline.verify', { project })).toMatchObject({ ok: true, problems: [] });
    expect(
      await server.refusal('saves.rollback', { project, tag: 'checkpoint/2020-01-01-001' }),
    ).toMatchObject({ code: 'not-found' });
  });
});

/** Two tasks that both rewrite the same line. */
async function rivals(project: string): Promise<[Task, Task]> {
  const tasks = await server.approved(
    project,
    `- One [[edit path=README.md old="# A project" new="# One"]]\n- Two [[edit path=README.md old="# A project" new="# Two"]]`,
  );
  return tasks as unknown as [Task, Task];
}

describe('a Save', () => {
  it('with two tasks in conflict names them and lands nothing, and without one of them lands the other', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    const before = await repository.oid('main');
    const [one, two] = await rivals(project);
    const preview = await server.get<{ conflicts: unknown[]; pairs: unknown[] }>('saves.preview', {
      project,
    });
    expect(preview.conflicts.length + preview.pairs.length).toBeGreaterThan(0);
    const outcome = await server.save(project);
    expect(outcome).toMatchObject({
      kind: 'conflicted',
      checkpoint: null,
      conflicts: [{ path: 'README.md' }],
    });
    const sides = [outcome.conflicts[0]!.ours.task, outcome.conflicts[0]!.theirs.task];
    expect(sides.toSorted()).toEqual([one.id, two.id].toSorted());
    expect([await repository.oid('main'), await repository.git('tag')]).toEqual([before, '']);
    expect(await server.get('ops.status', { project })).toMatchObject({
      session: { state: 'awaiting_review' },
    });

    const rest = await server.save(project, { without: [two.id] });
    expect(rest).toMatchObject({ kind: 'saved', tasks: [one.id] });
    expect(await repository.git('show', 'main:README.md')).toBe('# One');
    expect((await server.task(two.id)).state).toBe('approved');
    expect(await server.get('ops.status', { project })).toMatchObject({ session: { state: 'active' } });
    expect(await server.save(project)).toMatchObject({ kind: 'conflicted', tasks: [two.id] });
  });

  it('merges what the person committed to main meanwhile', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    await server.approved(project, `A ${write('a.txt', 'a\n')}`);
    const mine = await repository.commit('Mine', { 'mine.txt': 'mine\n' });
    const outcome = await server.save(project);
    expect(outcome).toMatchObject({ kind: 'saved', delivery: { state: 'updated' } });
    expect(await repository.git('ls-tree', '--name-only', 'main')).toBe('README.md\na.txt\nmine.txt');
    await repository.git('merge-base', '--is-ancestor', mine, 'main');

    await server.approved(project, `B ${write('b.txt', 'b\n')}`);
    await repository.commit('Mine again', { 'mine.txt': 'mine again\n' });
    expect(await server.save(project)).toMatchObject({ kind: 'saved', delivery: { state: 'updated' } });
    expect(await repository.git('show', 'main:mine.txt')).toBe('mine again');
  });

  it('conflicting with what the person committed says so and leaves both alone', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    const [task] = await server.approved(project, 'A [[edit path=README.md old="A project" new="Theirs"]]');
    const mine = await repository.commit('Mine', { 'README.md': '# Mine\n' });
    const outcome = await server.save(project);
    expect(outcome).toMatchObject({
      kind: 'conflicted',
      conflicts: [{ path: 'README.md', theirs: { task: task!.id } }],
    });
    expect(await repository.oid('main')).toBe(mine);
  });

  it('waits with its delivery while a file of the person is in the way, and delivers once it is not', async () => {
    await using repository = await makeRepository({
      commits: [{ message: 'Start', files: { 'a.txt': 'a\n', 'b.txt': 'b\n' } }],
    });
    const project = await server.register(repository.path);
    const before = await repository.oid('main');
    await server.approved(project, 'A [[edit path=a.txt old="a" new="theirs"]]');
    await repository.write({ 'a.txt': 'mine\n', 'b.txt': 'mine too\n' });
    const outcome = await server.save(project);
    expect(outcome).toMatchObject({ kind: 'saved', delivery: { state: 'waiting', files: ['a.txt'] } });
    expect(await repository.oid('main')).toBe(before);
    expect(await repository.git('status', '--porcelain')).toBe(' M a.txt\n M b.txt');

    const still = await server.tell<{ delivery: Delivery }>('saves.deliver', { project });
    expect(still.delivery).toMatchObject({ state: 'waiting', files: ['a.txt'] });
    await repository.git('checkout', '--', 'a.txt');
    const { delivery } = await server.tell<{ delivery: Delivery }>('saves.deliver', { project });
    expect(delivery.state).toBe('updated');
    expect(await repository.oid('main')).toBe(outcome.checkpoint!.commit);
    expect(await repository.git('status', '--porcelain')).toBe(' M b.txt');
    expect(await repository.git('tag')).toBe(outcome.checkpoint!.tag);
  });

  it('does not take what came of a rejection unseen, though its goal was approved in advance', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    const [first, second] = (await server.approved(
      project,
      `- [a] A ${write('a.txt', 'a\n')}\n- after: a; B ${write('b.txt', 'b\n')}`,
    )) as unknown as [Task, Task];
    await server.tell('review.reject', { task: first.id, because: `More ${write('more.txt', 'x\n')}` });
    await server.taskIn(first.id, 'review');
    expect((await server.task(second.id)).state).toBe('review');
    const stale = await server.refusal('review.approve', {
      project,
      tasks: [{ task: first.id, tree: first.tree }],
    });
    expect(stale.code).toBe('conflict');
  });

  it.each(['review.reject', 'tasks.cancel'])(
    'does not land what %s took back while it was checked, and does not get stuck',
    async (name) => {
      const check =
        'checks:\n  - name: slow\n    command: ["sh", "-c", "echo x > begun; until test -f go; do sleep 0.1; done"]\n';
      await using repository = await makeRepository({
        commits: [{ message: 'Start', files: { '.thalogos/config.yaml': check } }],
      });
      const go = `${repository.around}/go`;
      await repository.commit('Wait for it', {
        '.thalogos/config.yaml': check.replace('test -f go', `test -f ${go}`),
      });
      const project = await server.register(repository.path);
      const { hash } = await server.get<{ hash: string }>('projects.trust', { project });
      await server.tell('projects.acceptTrust', { project, hash });
      const [a, b] = (await server.approved(
        project,
        `- A ${write('a.txt', 'a\n')}\n- B ${write('b.txt', 'b\n')}`,
      )) as unknown as [Task, Task];
      const before = await repository.oid('main');
      const { save } = await server.tell<{ save: { id: string } }>('saves.save', { project });
      await until('its check runs', async () => (await server.marked('check/')).length > 0);
      await server.tell(
        name,
        name === 'tasks.cancel' ? { tasks: [a.id] } : { task: a.id, because: 'Not so [[say sorry]]' },
      );
      await writeFiles(repository.around, { go: 'go\n' });
      expect(await server.outcome(save.id)).toMatchObject({ kind: 'refused', checkpoint: null });
      expect(await repository.oid('main')).toBe(before);
      expect(await server.save(project)).toMatchObject({ kind: 'saved', tasks: [b.id] });
      expect(await repository.git('ls-tree', '--name-only', 'main')).toBe(
        '.thalogos\nREADME.md\nb.txt'.replace('README.md\n', ''),
      );
    },
  );

  it('leaves out what builds on a task that was cancelled', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    const [first, second] = (await server.approved(
      project,
      `- [a] A ${write('a.txt', 'a\n')}\n- after: a; B ${write('b.txt', 'b\n')}`,
    )) as unknown as [Task, Task];
    await server.tell('tasks.cancel', { tasks: [first.id] });
    expect((await server.task(second.id)).state).toBe('review');
    expect(await server.save(project)).toMatchObject({ kind: 'nothing-to-save' });
  });

  it('is one at a time, and refuses what it does not know', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    await server.approved(project, `A ${write('a.txt', 'a\n')}`);
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => server.ask<{ save: { id: string } }>('saves.save', { project })),
    );
    const started = answers.flatMap((answer) => (answer.kind === 'data' ? [answer.data.save.id] : []));
    const refused = answers.flatMap((answer) => (answer.kind === 'error' ? [answer.error.code] : []));
    expect(new Set(refused)).toEqual(new Set(['conflict']));
    expect(await server.outcome(started[0]!)).toMatchObject({ kind: 'saved' });
    expect(await server.timeline(project)).toHaveLength(1);
    expect(await server.refusal('saves.save', { project, only: ['t-nobody'] })).toMatchObject({
      code: 'not-found',
    });
  });

  it('of a repository that is gone says where it was looked for', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    await server.approved(project, `A ${write('a.txt', 'a\n')}`);
    await repository[Symbol.asyncDispose]();
    const answer = await server.ask<{ save: { id: string } }>('saves.save', { project });
    const said =
      answer.kind === 'error'
        ? answer.error.message
        : JSON.stringify(await server.outcome(answer.data.save.id));
    expect(said).toContain(repository.path);
    expect((await server.get<{ projects: unknown[] }>('projects.list')).projects.length).toBeGreaterThan(0);
  });
});
