import { makeRepository } from '@thalogos/testkit';
import { describe, expect, it } from 'vitest';
import { MARA, startTestThalogos } from '../test-thalogos.ts';

const write = (path: string, content: string) => `[[write path=${path} content=${JSON.stringify(content)}]]`;

describe('a session that branches off from a checkpoint', () => {
  it('starts its tasks from there, leaves main, and can be saved into it', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository();
    const { id: project } = await thalogos.open(repository.path);
    const { calls } = thalogos;
    const checkpoints: string[] = [];
    for (const name of ['a', 'b']) {
      await thalogos.work(project, `${name} ${write(`${name}.txt`, `${name}\n`)}`);
      await calls.review.approve({ project, tasks: [], all: true }, MARA);
      checkpoints.push((await thalogos.save(project)).checkpoint?.tag ?? '');
    }
    const [first = '', second = ''] = checkpoints;
    const main = await repository.oid('main');
    const session = calls.sessions.branchOff({ project, tag: first }, MARA);
    expect(session).toMatchObject({ project, state: 'draft', title: `Session 2, from ${first}` });
    expect(() => calls.sessions.branchOff({ project, tag: 'checkpoint/none' }, MARA)).toThrow(
      'no checkpoint',
    );

    const [task] = await thalogos.work(project, `c ${write('c.txt', 'c\n')}`);
    expect(task).toMatchObject({ session: session.id, base: await repository.oid(`${first}^{commit}`) });
    expect(await repository.oid('main')).toBe(main);

    await calls.review.approve({ project, tasks: [], all: true }, MARA);
    expect(await thalogos.save(project)).toMatchObject({ kind: 'saved', base: main });
    expect(await repository.git('ls-tree', '--name-only', 'HEAD')).toMatch(/a\.txt\nb\.txt\nc\.txt/);
    expect(await repository.oid(`${second}^{commit}`)).toBe(main);
  });
});
