import { makeRepository } from '@thalogos/testkit';
import { describe, expect, it } from 'vitest';
import { MARA, startTestThalogos } from '../test-thalogos.ts';

const FILES = { 'a.txt': 'one\ntwo\nthree\n', 'b.txt': 'b\n' };
const write = (path: string, content: string) => `[[write path=${path} content=${JSON.stringify(content)}]]`;

describe('a result that a person has changed', () => {
  it('loses its approval, and what lands is exactly what was approved then', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository({ commits: [{ message: 'Base', files: FILES }] });
    const { id } = await thalogos.open(repository.path);
    const { changes, review, tasks } = thalogos.calls;
    const [made] = await thalogos.work(
      id,
      `Change ${write('a.txt', 'ONE\ntwo\nTHREE\n')} ${write('b.txt', 'B\n')}`,
    );
    const task = made?.id ?? '';
    const before = made?.tree ?? '';
    await review.approve({ project: id, tasks: [{ task }], all: false }, MARA);
    const both = await Promise.allSettled([
      changes.edit({ task, tree: before, path: 'a.txt', text: 'ONE\n2\nTHREE\n' }, MARA),
      changes.takeOut({ task, tree: before, parts: [{ path: 'b.txt', hunks: null }] }, MARA),
    ]);
    // Of two at once the second one has not seen the first.
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    const edited = tasks.get(task).task;
    expect(edited).toMatchObject({ state: 'review', files: { changed: 2 } });
    const out = [{ path: 'b.txt', hunks: null }];
    await changes.takeOut({ task, tree: edited.tree ?? '', parts: out }, MARA);
    const now = tasks.get(task).task;
    expect(await changes.files({ task, since: 'base', whitespace: 'shown', first: 0 }, 'Mara')).toMatchObject(
      {
        files: [{ path: 'a.txt' }],
        looked: { tree: before },
        edits: [{ by: 'Mara', what: 'edited a.txt' }, { what: 'took out 1 whole file' }],
      },
    );
    const rest = [{ path: 'a.txt', hunks: null }];
    await expect(changes.takeOut({ task, tree: now.tree ?? '', parts: rest }, MARA)).rejects.toThrow(
      'Nothing of the result would be left',
    );
    await review.approve({ project: id, tasks: [{ task, tree: now.tree ?? '' }], all: false }, MARA);
    expect(await thalogos.save(id)).toMatchObject({ kind: 'saved' });
    expect(await repository.git('rev-parse', 'main^{tree}')).toBe(now.tree);
    expect(await repository.git('show', 'main:a.txt')).toBe('ONE\n2\nTHREE');
    expect(
      await repository.git(
        'log',
        '--format=%an %(trailers:key=Thalogos-Amended-By,valueonly,separator=)',
        'main',
      ),
    ).toContain('Mara Mara');
    await expect(
      changes.edit({ task, tree: now.tree ?? '', path: 'a.txt', text: 'late\n' }, MARA),
    ).rejects.toThrow('It is saved, not in review');
  });

  it('is what its agent finds in its worktree and is told of, when it is sent back', async () => {
    await using thalogos = await startTestThalogos();
    await using repository = await makeRepository({ commits: [{ message: 'Base', files: FILES }] });
    const { id } = await thalogos.open(repository.path);
    const { changes, review, tasks } = thalogos.calls;
    const [made] = await thalogos.work(id, `Change ${write('a.txt', 'ONE\ntwo\n')} ${write('c.txt', 'c\n')}`);
    const task = made?.id ?? '';
    const parts = [{ path: 'c.txt', hunks: null }];
    await changes.takeOut({ task, tree: made?.tree ?? '', parts }, MARA);
    const tree = tasks.get(task).task.tree ?? '';
    await changes.edit({ task, tree, path: 'a.txt', text: 'ONE\nby hand\n' }, MARA);
    const amended = tasks.get(task).task;
    const because = `More: [[run grep -x "by hand" a.txt]] [[run test ! -e c.txt]] [[ask Go on? | yes | no]] ${write('b.txt', 'B\n')}`;
    await review.reject({ task, because }, MARA);
    await thalogos.taskIn(task, 'waiting');
    await expect(
      changes.edit({ task, tree: amended.tree ?? '', path: 'a.txt', text: 'x\n' }, MARA),
    ).rejects.toThrow('scripted is at work on it: it is waiting');
    const [question] = review.decisions(id);
    await review.decide({ decision: question?.id ?? '', choice: 'yes' }, MARA);
    const again = await thalogos.taskIn(task, 'review');
    const { blocks } = tasks.transcript({ task, after: 0, limit: 500, brief: false });
    expect(blocks.filter(({ kind }) => kind === 'input').at(-1)?.text).toContain(
      'Mara has changed your result since you last worked on it: took out 1 whole file; edited a.txt.',
    );
    expect(again.files).toMatchObject({ changed: 2 });
    const { files, edits } = await changes.files(
      { task, since: 'looked', whitespace: 'shown', first: 0 },
      'Mara',
    );
    expect(files.map(({ path }) => path)).toEqual(['b.txt']);
    expect(edits).toEqual([]);
  });
});
