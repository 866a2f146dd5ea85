import type { Task } from '@thalogos/contracts';
import { makeRepository } from '@thalogos/testkit';
import { describe, expect, it } from 'vitest';
import { MARA, startTestThalogos, type TestThalogos } from '../test-thalogos.ts';

const write = (path: string, content: string) => `[[write path=${path} content=${JSON.stringify(content)}]]`;
const LINES = Array.from({ length: 20 }, (_, n) => `line ${n}`);
const FILES = { 'shared.txt': `${LINES.join('\n')}\n`, 'other.txt': 'other\n' };

/** A task that has written something and asks, while another one is saved under it. */
async function savedUnder(
  thalogos: TestThalogos,
  project: string,
  { own, other }: Record<'own' | 'other', string>,
) {
  const [asking] = await thalogos.work(project, `Long ${own} [[ask Go on? | yes | no]]`);
  const [landing] = await thalogos.work(project, `Quick ${other}`, { approve: true });
  await thalogos.taskIn(landing?.id ?? '', 'approved');
  const outcome = await thalogos.save(project, { only: [landing?.id ?? ''] });
  const main = outcome.checkpoint?.commit;
  return { task: asking?.id ?? '', tag: outcome.checkpoint?.tag ?? '', main };
}

async function answer(thalogos: TestThalogos, project: string, task: string): Promise<Task> {
  const decision = thalogos.calls.review.decisions(project).find((one) => one.task === task);
  await thalogos.calls.review.decide({ decision: decision?.id ?? '', choice: 'yes' }, MARA);
  return thalogos.taskIn(task, 'review');
}

async function secondTurn(thalogos: TestThalogos, task: string, because: string): Promise<Task> {
  await thalogos.calls.review.reject({ task, because }, MARA);
  return thalogos.until('its second turn has ended', () => {
    const now = thalogos.calls.tasks.get(task).task;
    return now.state === 'review' && now.runs === 2 && now;
  });
}

const said = (thalogos: TestThalogos, task: string, kind: string) =>
  thalogos.calls.tasks
    .transcript({ task, after: 0, limit: 500, brief: false })
    .blocks.filter((block) => block.kind === kind)
    .map(({ text }) => text);

describe('a task whose main moves under it', () => {
  it('is brought onto the new main when its turn ends, and told in the next one', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository({ commits: [{ message: 'Base', files: FILES }] });
    const { id } = await thalogos.open(repository.path);
    const own = '[[edit path=shared.txt old="line 2\\n" new="mine\\n"]]';
    const other =
      '[[edit path=shared.txt old="line 17\\n" new="theirs\\n"]] [[edit path=other.txt old="other" new="new"]]';
    const { task, main, tag } = await savedUnder(thalogos, id, { own, other });
    await thalogos.until('it is told', () =>
      said(thalogos, task, 'raw').some((text) => text.includes(`Main has moved to ${tag}`)),
    );
    const rested = await answer(thalogos, id, task);
    expect(rested).toMatchObject({ base: main, behind: null, files: { changed: 1, added: 1, removed: 1 } });
    expect(said(thalogos, task, 'raw').at(-1)).toContain('these files changed: other.txt, shared.txt');
    expect(thalogos.events().filter(({ type }) => type === 'task.rebased')).toMatchObject([
      { task, data: { to: main } },
    ]);
    const { patch } = await thalogos.calls.review.diff(task);
    expect([patch.includes('+mine'), patch.includes('theirs')]).toEqual([true, false]);
    const again = await secondTurn(thalogos, task, 'More: [[edit path=shared.txt old="theirs" new="ours"]]');
    expect(said(thalogos, task, 'input').at(-1)).toContain(
      'Main has moved, and your work was brought onto it',
    );
    expect(again).toMatchObject({ base: main, files: { changed: 1, added: 2, removed: 2 } });
    await thalogos.calls.review.approve({ project: id, tasks: [{ task }], all: false }, MARA);
    expect(await thalogos.save(id)).toMatchObject({ kind: 'saved' });
    expect(await repository.git('show', 'main:other.txt')).toBe('new');
  });

  it('stays where it is when that conflicts, says so, and follows once it fits', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository({ commits: [{ message: 'Base', files: FILES }] });
    const { id } = await thalogos.open(repository.path);
    const texts = { own: write('other.txt', 'mine\n'), other: write('other.txt', 'theirs\n') };
    const { task, main } = await savedUnder(thalogos, id, texts);
    const before = thalogos.calls.tasks.get(task).task.base;
    const rested = await answer(thalogos, id, task);
    expect(rested).toMatchObject({ base: before, behind: { main, conflicts: ['other.txt'] } });
    expect((await thalogos.calls.review.diff(task)).patch).toContain('+mine');
    const again = await secondTurn(
      thalogos,
      task,
      `Fit it: ${write('other.txt', 'theirs\n')} ${write('mine.txt', 'm\n')}`,
    );
    expect(said(thalogos, task, 'input').at(-1)).toContain('conflicts with it in other.txt');
    expect(again).toMatchObject({ base: main, behind: null, files: { changed: 1, added: 1, removed: 0 } });
  });

  it('follows before its next turn too, with an earlier result and after a restore', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository({ commits: [{ message: 'Base', files: FILES }] });
    const { id } = await thalogos.open(repository.path);
    const [first] = await thalogos.work(id, `First ${write('first.txt', '1\n')}`, { approve: true });
    await thalogos.taskIn(first?.id ?? '', 'approved');
    const start = await thalogos.save(id);
    const [task] = await thalogos.work(id, `Mine ${write('mine.txt', 'm\n')}`);
    const [second] = await thalogos.work(id, `Second ${write('second.txt', '2\n')}`, { approve: true });
    await thalogos.taskIn(second?.id ?? '', 'approved');
    await thalogos.save(id, { only: [second?.id ?? ''] });
    const restored = await thalogos.rollback(id, start.checkpoint?.tag ?? '');
    const again = await secondTurn(thalogos, task?.id ?? '', `More ${write('more.txt', 'x\n')}`);
    expect(again).toMatchObject({
      base: restored.checkpoint?.commit,
      files: { changed: 2, added: 2, removed: 0 },
    });
    expect(again.result).not.toBe(task?.result);
  });
});

describe('the setup of a task', () => {
  it('comes from the cache for the second one and for the checks, and runs again when main changes its inputs', async () => {
    await using thalogos = await startTestThalogos();
    const config =
      'setup: [[sh, -c, "cat version > built; date +%s%N >> built"]]\ncache: { inputs: [version] }\nchecks: [{ name: built, command: [test, -s, built] }]\n';
    const files = { ...FILES, version: '1\n', '.gitignore': 'built\n', '.thalogos/config.yaml': config };
    await using repository = await makeRepository({ commits: [{ message: 'Base', files }] });
    const { id } = await thalogos.open(repository.path);
    const { hash } = await thalogos.calls.projects.trust(id);
    await thalogos.calls.projects.acceptTrust({ project: id, hash }, MARA);
    const { task, main } = await savedUnder(thalogos, id, {
      own: '[[run cat built]]',
      other: write('version', '2\n'),
    });
    expect(main).toBeDefined();
    await answer(thalogos, id, task);
    const again = await secondTurn(thalogos, task, 'Look: [[run grep -x 2 built]]');
    expect(again.base).toBe(main);
    expect(said(thalogos, task, 'raw')).toContain('setup: run again, main has changed what it reads');
    const [third] = await thalogos.work(id, `Third ${write('third.txt', '3\n')}`);
    expect(said(thalogos, third?.id ?? '', 'raw')).toContain('setup: from cache');
  });
});
