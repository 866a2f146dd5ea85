import { makeRepository } from '@thalogos/testkit';
import { describe, expect, it } from 'vitest';
import { MARA, startTestThalogos } from '../test-thalogos.ts';

const write = (path: string, content: string) => `[[write path=${path} content=${JSON.stringify(content)}]]`;

describe('doing again what a rollback has undone', () => {
  it('makes new tasks with the old text and the old change, which can be saved again', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository();
    const { id: project } = await thalogos.open(repository.path);
    const { calls } = thalogos;
    const [first] = await thalogos.work(project, `First ${write('a.txt', 'a\n')}`);
    await calls.review.approve({ project, tasks: [], all: true }, MARA);
    const kept = await thalogos.save(project);
    const [second] = await thalogos.work(project, `Second ${write('b.txt', 'b\n')}`);
    await calls.review.approve({ project, tasks: [], all: true }, MARA);
    await thalogos.save(project);
    const [one, two] = [first?.id ?? '', second?.id ?? ''];
    await expect(calls.planning.redo({ project, tasks: [two] }, MARA)).rejects.toThrow('has undone');

    await thalogos.rollback(project, kept.checkpoint?.tag ?? '');
    await expect(calls.planning.redo({ project, tasks: [two, one] }, MARA)).rejects.toThrow('has undone');
    const { tasks } = await calls.planning.redo({ project, tasks: [two] }, MARA);
    expect(tasks).toMatchObject([{ title: 'Second', key: two, agent: 'scripted' }]);
    const again = tasks[0]?.id ?? '';
    expect(again).not.toBe(two);
    const now = await thalogos.until('it rests', () => {
      const { task } = calls.tasks.get(again);
      return task.state === 'review' && task;
    });
    expect(now.text).toContain('+b');
    await calls.review.approve({ project, tasks: [], all: true }, MARA);
    expect(await thalogos.save(project)).toMatchObject({ kind: 'saved', tasks: [again] });
    expect(await repository.git('show', 'HEAD:b.txt')).toBe('b');
  });
});
