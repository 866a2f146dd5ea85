import type { ConflictDetail, Task } from '@thalogos/contracts';
import { makeRepository, type TestRepository } from '@thalogos/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MARA, startTestThalogos, type TestThalogos } from '../test-thalogos.ts';

let person: TestRepository;
let server: TestThalogos;
let project: string;
let conflict: ConflictDetail;

beforeEach(async () => {
  person = await makeRepository({ commits: [{ message: 'Start', files: { 'a.txt': 'x\n' } }] });
  server = await startTestThalogos();
  project = (await server.open(person.path)).id;
  const edit = (word: string) => `Say ${word} [[edit path=a.txt old="x" new="${word}"]]`;
  await server.work(project, `- ${edit('one')}\n- ${edit('two')}`, { approve: true });
  const { conflicts } = await server.calls.conflicts.list(project);
  conflict = await server.calls.conflicts.get(conflicts[0]?.id ?? '');
});

afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await person[Symbol.asyncDispose]();
});

async function propose(note: string): Promise<Task> {
  const { task } = await server.calls.conflicts.propose(
    { conflict: conflict.id, agent: 'scripted', note },
    MARA,
  );
  return server.taskIn(task, 'review', 'failed');
}

const approve = (task: Task) =>
  server.calls.review.approve(
    { project, tasks: [{ task: task.id, tree: task.tree ?? '' }], all: false },
    MARA,
  );
const current = () => server.calls.conflicts.get(conflict.id);

describe('a proposal', () => {
  it('starts from the merge with its markers, and what a person approves of it is what the next Save lands', async () => {
    const task = await propose(
      'Say both. [[write path=a.txt content="one and two\\n"]] [[write path=stray.txt content="x"]]',
    );
    expect(task).toMatchObject({ state: 'review', session: conflict.intentions.theirs.session });
    expect(task.text).toContain('Say one');
    const { patch } = await server.calls.review.diff(task.id);
    expect(patch).toContain('-<<<<<<< ');
    expect(await current()).toMatchObject({ resolution: null, proposal: { task: task.id, state: 'review' } });
    expect(await server.calls.saves.preview(project)).toMatchObject({ conflicts: [{ id: conflict.id }] });
    await approve(task);
    expect(await current()).toMatchObject({ resolution: { take: 'content', by: 'Mara', task: task.id } });
    const outcome = await server.save(project);
    expect(outcome).toMatchObject({ kind: 'saved', tasks: [conflict.ours.task, conflict.theirs.task] });
    expect(await person.git('ls-tree', '--name-only', 'main')).toBe('a.txt');
    expect(await person.git('show', 'main:a.txt')).toBe('one and two');
    expect(server.calls.tasks.get(task.id).task.state).toBe('saved');
  });

  it('with a marker left in it is not approved, and counts no longer once it is sent back', async () => {
    const early = await propose('Say [[append path=a.txt content="more\\n"]]');
    await expect(approve(early)).rejects.toMatchObject({ code: 'refused' });
    expect(server.calls.tasks.get(early.id).task.state).toBe('review');
    await expect(server.calls.conflicts.propose({ conflict: conflict.id }, MARA)).rejects.toMatchObject({
      code: 'conflict',
    });
    const because = 'Take the markers out [[write path=a.txt content="both\\n"]]';
    await server.calls.review.reject({ task: early.id, because }, MARA);
    await approve(await server.taskIn(early.id, 'review'));
    expect(await current()).toMatchObject({ resolution: { task: early.id } });
    await server.calls.conflicts.withdraw(conflict.id, MARA);
    expect(await current()).toMatchObject({ resolution: null, proposal: { state: 'review' } });
    await approve(server.calls.tasks.get(early.id).task);
    await server.calls.tasks.cancel([early.id], MARA);
    expect(await current()).toMatchObject({ resolution: null });
    expect(await server.save(project)).toMatchObject({ kind: 'conflicted' });
  });

  it('that is sent back while a Save runs does not land', async () => {
    const task = await propose('[[write path=a.txt content="both\\n"]]');
    await approve(task);
    const before = await person.oid('main');
    const { id } = await server.calls.saves.save({ project }, MARA);
    await server.calls.review.reject({ task: task.id, because: 'Not so [[say sorry]]' }, MARA);
    const outcome = await server.until('the Save is done', () => server.calls.saves.get(id).outcome);
    expect(['refused', 'conflicted']).toContain(outcome.kind);
    expect(await person.oid('main')).toBe(before);
  });

  it('needs an agent that there is', async () => {
    const wish = { conflict: conflict.id, agent: 'nobody' };
    await expect(server.calls.conflicts.propose(wish, MARA)).rejects.toMatchObject({ code: 'unknown-agent' });
    expect(await current()).toMatchObject({ proposal: null });
  });
});
