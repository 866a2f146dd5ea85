import { makeRepository } from '@thalogos/testkit';
import { describe, expect, it } from 'vitest';
import { MARA, startTestThalogos } from '../test-thalogos.ts';

const write = (path: string, content: string) => `[[write path=${path} content=${JSON.stringify(content)}]]`;

const ONCE = '0198b3f0-1111-4222-8333-123456789abc';

describe('tasks', () => {
  it('work side by side in worktrees of their own and rest in review', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository();
    const { id } = await thalogos.open(repository.path);
    const tasks = await thalogos.work(
      id,
      `- One ${write('one.txt', '1\n')}\n- Two ${write('two.txt', '2\n')}`,
    );
    expect(tasks.map(({ title, state, files, runs }) => ({ title, state, files, runs }))).toEqual([
      { title: 'One', state: 'review', files: { changed: 1, added: 1, removed: 0 }, runs: 1 },
      { title: 'Two', state: 'review', files: { changed: 1, added: 1, removed: 0 }, runs: 1 },
    ]);
    expect(await repository.git('status', '--porcelain')).toBe('');
  });

  it('build on the results of those they wait for', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository();
    const { id } = await thalogos.open(repository.path);
    const goal = `- [a] First ${write('a.txt', 'a\n')}\n- after: a; Second [[append path=a.txt content="b\\n"]]`;
    const [first, second] = await thalogos.work(id, goal);
    expect(second?.base).toBe(first?.result);
    const { patch } = await thalogos.calls.review.diff(second?.id ?? '');
    expect(patch).toContain('+b');
    expect(patch).not.toContain('+a');
  });

  it('say that nothing was changed, and then can not be approved', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository();
    const { id } = await thalogos.open(repository.path);
    const [task] = await thalogos.work(id, 'Only talk [[say hello]]');
    expect(task).toMatchObject({ state: 'review', result: null, reason: 'no changes' });
    const approval = thalogos.calls.review.approve(
      { project: id, tasks: [{ task: task?.id ?? '' }], all: false },
      MARA,
    );
    await expect(approval).rejects.toThrow('changed nothing');
  });

  it('that change the gate wait for a person, whatever was approved in advance', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository();
    const { id } = await thalogos.open(repository.path);
    const goal = `- Gate ${write('.thalogos/config.yaml', 'checks: []\n')}\n- Work ${write('a.txt', 'a\n')}`;
    const [gate, work] = await thalogos.work(id, goal, { approve: true });
    expect([gate?.state, work?.state]).toEqual(['review', 'approved']);
    const approval = { project: id, tasks: [{ task: gate?.id ?? '' }], all: false };
    expect(await thalogos.calls.review.approve(approval, MARA)).toMatchObject([{ state: 'approved' }]);
  });

  it('read what came with their goal beside the worktree, and none of it gets into their work', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository();
    const { id: project } = await thalogos.open(repository.path);
    const { attachments, planning, review } = thalogos.calls;
    const body = (async function* () {
      yield Buffer.from('two fares\n');
    })();
    const file = await attachments.keep({ project, name: '../my plan.md', body });
    const text = '- Copy it [[sh cp "$THALOGOS_FILES/my_plan.md" copy.md]] [[sh chmod u+w copy.md]]';
    const wish = { project, text, approve: false, planOnly: false, attachments: [file.id], once: ONCE };
    const stated = await planning.state(wish, MARA);
    expect((await planning.state(wish, MARA)).goal).toBe(stated.goal);
    const [task] = stated.tasks;
    await thalogos.taskIn(task?.id ?? '', 'review');
    const { files, patch } = await review.diff(task?.id ?? '');
    expect(files.map(({ path }) => path)).toEqual(['copy.md']);
    expect(patch).toContain('+two fares');
    expect(planning.goals(stated.session)[0]?.attachments).toEqual([file]);
    expect(() => attachments.drop(file.id)).toThrow('stays with it');
  });

  it('wait for an answer and use it', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository();
    const { id } = await thalogos.open(repository.path);
    const goal = 'Ask [[ask Which colour? | red | blue]] [[write path=colour.txt content="{{answer}}\\n"]]';
    const [task] = await thalogos.work(id, goal);
    expect(task?.state).toBe('waiting');
    const [decision] = thalogos.calls.review.decisions(id);
    expect(decision).toMatchObject({
      kind: 'question',
      summary: 'Which colour?',
      options: [{ id: 'red' }, { id: 'blue' }],
    });
    await thalogos.calls.review.decide({ decision: decision?.id ?? '', choice: 'blue' }, MARA);
    const done = await thalogos.taskIn(task?.id ?? '', 'review');
    expect((await thalogos.calls.review.diff(done.id)).patch).toContain('+blue');
    await expect(
      thalogos.calls.review.decide({ decision: decision?.id ?? '', choice: 'red' }, MARA),
    ).rejects.toThrow('Mara chose "blue"');
  });

  it('go back to their agent with the reason of a rejection, and keep what they had', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository();
    const { id } = await thalogos.open(repository.path);
    const [task] = await thalogos.work(id, `Write ${write('a.txt', 'wrong\n')}`);
    const because = `Not so: [[edit path=a.txt old="wrong" new="right"]] ${write('b.txt', 'more\n')}`;
    await thalogos.calls.review.reject({ task: task?.id ?? '', because }, MARA);
    const mended = await thalogos.until('it is mended', () => {
      const now = thalogos.calls.tasks.get(task?.id ?? '').task;
      return now.state === 'review' && now.runs === 2 && now;
    });
    expect(mended.files).toEqual({ changed: 2, added: 2, removed: 0 });
    expect((await thalogos.calls.review.diff(mended.id)).patch).toContain('+right');
  });

  it('send what builds on them back to review when they are rejected', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository();
    const { id } = await thalogos.open(repository.path);
    const [first, second] = await thalogos.work(
      id,
      `- [a] A ${write('a', '1\n')}\n- after: a; B ${write('b', '2\n')}`,
      { approve: true },
    );
    await thalogos.until('both are approved', () =>
      thalogos.calls.tasks.list({ project: id }).every(({ state }) => state === 'approved'),
    );
    await thalogos.calls.review.reject({ task: first?.id ?? '', because: 'no' }, MARA);
    expect(thalogos.calls.tasks.get(second?.id ?? '').task.state).toBe('review');
  });

  it('are tried again once after a crash, and then left to a person', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository();
    const { id } = await thalogos.open(repository.path);
    const [task] = await thalogos.work(id, `Crash ${write('a.txt', 'kept\n')} [[crash]]`);
    const failed = await thalogos.until('it has failed twice', () => {
      const now = thalogos.calls.tasks.get(task?.id ?? '').task;
      return now.state === 'failed' && now.runs === 2 && now;
    });
    expect(failed.error?.class).toBe('crash');
  });

  it('fail with the reason when a step can not be done, without being tried again', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository();
    const { id } = await thalogos.open(repository.path);
    const [task] = await thalogos.work(id, 'Edit [[edit path=missing.txt old="a" new="b"]]');
    expect(task).toMatchObject({ state: 'failed', runs: 1 });
    expect(task?.error?.message).toContain('missing.txt');
  });

  it('are interrupted by the end of the server and can be taken up again', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository();
    const { id } = await thalogos.open(repository.path);
    const wish = {
      project: id,
      text: `Hang ${write('a.txt', 'half\n')} [[hang]]`,
      approve: false,
      planOnly: false,
    };
    const { tasks } = await thalogos.calls.planning.state(wish, MARA);
    const task = tasks[0]?.id ?? '';
    await thalogos.until('it hangs', () =>
      thalogos.calls.tasks
        .transcript({ task, after: 0, limit: 500, brief: false })
        .blocks.some(({ kind }) => kind === 'edit'),
    );
    await thalogos.restart();
    expect(thalogos.calls.tasks.get(task).task.state).toBe('interrupted');
    thalogos.calls.tasks.retry({ task }, MARA);
    await thalogos.taskIn(task, 'running');
    await thalogos.calls.tasks.stop([task], MARA);
    expect(thalogos.calls.tasks.get(task).task.state).toBe('stopped');
  });

  it('never run more at once than the project allows', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository({
      commits: [
        {
          message: 'Start',
          files: { 'a.txt': 'a\n', '.thalogos/config.yaml': 'limits:\n  concurrency: 2\n' },
        },
      ],
    });
    const { id } = await thalogos.open(repository.path);
    const items = Array.from({ length: 5 }, (_, n) => `- T${n} ${write(`${n}.txt`, 'x\n')}`).join('\n');
    await thalogos.work(id, items);
    let running = 0;
    const most = thalogos.events().reduce((highest, { type }) => {
      if (type === 'run.started') running += 1;
      if (type === 'run.ended') running -= 1;
      return Math.max(highest, running);
    }, 0);
    expect(most).toBe(2);
  });

  it('start nothing while their project is paused', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository();
    const { id } = await thalogos.open(repository.path);
    thalogos.calls.sessions.pause(id, MARA);
    const wish = { project: id, text: `Wait ${write('a.txt', 'x\n')}`, approve: false, planOnly: false };
    const { tasks } = await thalogos.calls.planning.state(wish, MARA);
    expect(thalogos.calls.tasks.get(tasks[0]?.id ?? '').task.state).toBe('queued');
    thalogos.calls.sessions.resume(id, MARA);
    expect((await thalogos.taskIn(tasks[0]?.id ?? '', 'review')).runs).toBe(1);
  });

  it('can be stopped while their worktree is still being set up', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository({
      commits: [
        { message: 'Start', files: { 'a.txt': 'a\n', '.thalogos/config.yaml': 'setup: [[sleep, "600"]]\n' } },
      ],
    });
    const { id } = await thalogos.open(repository.path);
    const { hash } = await thalogos.calls.projects.trust(id);
    await thalogos.calls.projects.acceptTrust({ project: id, hash }, MARA);
    const wish = { project: id, text: `Write ${write('b.txt', 'b\n')}`, approve: false, planOnly: false };
    const { tasks } = await thalogos.calls.planning.state(wish, MARA);
    const task = tasks[0]?.id ?? '';
    await thalogos.taskIn(task, 'running');
    expect(await thalogos.calls.tasks.stop([task], MARA)).toMatchObject([{ state: 'stopped' }]);
  });

  it('may have several attempts, of which a person keeps one; the others never enter a Save', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository();
    const { id } = await thalogos.open(repository.path);
    const text = `- [a] First ${write('a.txt', 'a\n')}\n- after: a; Second ${write('b.txt', 'b\n')}`;
    const wish = { project: id, text, approve: true, planOnly: false };
    const { tasks } = await thalogos.calls.planning.state(
      { ...wish, bestOf: ['scripted', 'scripted'] },
      MARA,
    );
    expect(tasks.map(({ key }) => key)).toEqual(['a.1', 'a.2', 't2.1', 't2.2']);
    const [one = '', other = '', next = '', rival = ''] = tasks.map((task) => task.id);
    await thalogos.taskIn(one, 'review');
    await thalogos.taskIn(other, 'review');
    expect((await thalogos.taskIn(next, 'blocked')).reason).toContain('to keep one of the attempts at First');
    const compared = await thalogos.calls.tasks.compare(one);
    expect(compared.map(({ task, files }) => [task.id, files.map(({ path }) => path)])).toEqual([
      [one, ['a.txt']],
      [other, ['a.txt']],
    ]);
    expect(await thalogos.calls.review.approve({ project: id, tasks: [], all: true }, MARA)).toEqual([]);
    await thalogos.calls.tasks.keep(one, MARA);
    await expect(thalogos.calls.tasks.keep(other, MARA)).rejects.toThrow('it can\u0027t be kept');
    expect(thalogos.calls.tasks.get(other).task).toMatchObject({
      state: 'cancelled',
      reason: 'the attempt of scripted was kept instead',
    });
    expect((await thalogos.taskIn(next, 'review')).after).toEqual([one]);
    await thalogos.taskIn(rival, 'review');
    await thalogos.calls.tasks.keep(rival, MARA);
    await thalogos.calls.review.approve({ project: id, tasks: [], all: true }, MARA);
    expect(await thalogos.save(id)).toMatchObject({ kind: 'saved', tasks: [one, rival] });
  });

  it('wait for the budget of their project, say until when, after a restart too, and tell a person once', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository({
      commits: [
        {
          message: 'Start',
          files: { 'a.txt': 'a\n', '.thalogos/config.yaml': 'limits:\n  requestsPerMinute: 1\n' },
        },
      ],
    });
    const { id } = await thalogos.open(repository.path);
    const text = `- One ${write('1.txt', '1\n')}\n- Two ${write('2.txt', '2\n')}\n- Three ${write('3.txt', '3\n')}`;
    const wish = { project: id, text, approve: false, planOnly: false };
    const { tasks } = await thalogos.calls.planning.state(wish, MARA);
    const [one = '', two = '', three = ''] = tasks.map((task) => task.id);
    await thalogos.taskIn(one, 'review');
    const held = () => {
      const { task } = thalogos.calls.tasks.get(two);
      return typeof task.heldUntil === 'number' && task;
    };
    const before = await thalogos.until('it is held back', held);
    expect(before).toMatchObject({
      state: 'queued',
      reason: 'the project has used the one turn a minute of its budget',
    });
    await thalogos.restart();
    expect(thalogos.calls.tasks.get(three).task).toMatchObject({ state: 'queued', runs: 0 });
    expect(held()).toMatchObject({ reason: before.reason });
    expect(thalogos.events().filter(({ type }) => type === 'budget.reached')).toHaveLength(1);
  });

  it('go to nobody who is switched off, and on with another agent by a word of a person', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository();
    const { id } = await thalogos.open(repository.path);
    await thalogos.calls.agents.switch({ agent: 'codex', isOn: false }, MARA);
    const wish = { project: id, text: `Write ${write('a.txt', 'a\n')}`, approve: false, planOnly: false };
    const { tasks } = await thalogos.calls.planning.state({ ...wish, agent: 'codex' }, MARA);
    const task = tasks[0]?.id ?? '';
    await thalogos.until('it is held back', () =>
      thalogos.calls.tasks.get(task).task.reason?.includes('switched off'),
    );
    expect(thalogos.calls.tasks.get(task).choice).toMatchObject({ agent: 'codex', source: 'person' });
    await thalogos.calls.tasks.handOver({ task, agent: 'scripted' }, MARA);
    expect(await thalogos.taskIn(task, 'review')).toMatchObject({ agent: 'scripted', runs: 1 });
  });
});
