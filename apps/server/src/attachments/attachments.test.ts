import { existsSync } from 'node:fs';
import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { receiveFile } from './receive-file.ts';
import { openTestAttachments } from './test-attachments.ts';

const DAY = 24 * 60 * 60 * 1000;
const PNG = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(64)]);

async function* body(...pieces: (string | Uint8Array)[]) {
  for (const piece of pieces) yield Buffer.from(piece);
}

async function* cutShort(...pieces: string[]) {
  yield* body(...pieces);
  throw new Error('aborted');
}

async function openAttachments(mostBytes?: number) {
  const opened = await openTestAttachments(mostBytes);
  onTestFinished(opened.close);
  const keep = (name: string, ...pieces: (string | Uint8Array)[]) =>
    opened.attachments.keep({ project: 'p-1', name, body: body(...pieces) });
  return { ...opened, keep };
}

describe('a file that is handed in', () => {
  it('is kept under its hash, known by its bytes, and called as it was', async () => {
    const { attachments, keep } = await openAttachments();
    const kept = await keep('../shot.txt', PNG.subarray(0, 5), PNG.subarray(5));
    expect(kept).toMatchObject({ name: 'shot.txt', mediaType: 'image/png', bytes: PNG.length });
    expect(await readFile(attachments.content(kept.id).file)).toEqual(PNG);
  });

  it('is kept once however often it comes', async () => {
    const { keep, left } = await openAttachments();
    const [one, two] = [await keep('a.txt', 'same'), await keep('b.txt', 'same')];
    expect([one.id === two.id, one.sha256 === two.sha256, left()]).toEqual([false, true, 1]);
  });

  it.each([
    ['nothing in it', [], 'is empty'],
    ['more in it than may be', ['12345', '67890', '1'], 'at most'],
  ])('is refused with %s, and nothing of it is left', async (_what, pieces, words) => {
    const { keep, left } = await openAttachments(10);
    await expect(keep('a.txt', ...pieces)).rejects.toThrow(words);
    expect(left()).toBe(0);
  });

  it('leaves nothing where it is cut short', async () => {
    const { attachments, left } = await openAttachments();
    const upload = { project: 'p-1', name: 'a.txt', body: cutShort('half') };
    await expect(attachments.keep(upload)).rejects.toThrow('aborted');
    expect(left()).toBe(0);
  });

  it('is of a project that there is', async () => {
    const { attachments } = await openAttachments();
    const upload = { project: 'p-2', name: 'a.txt', body: body('x') };
    await expect(attachments.keep(upload)).rejects.toThrow('There is no project p-2');
  });

  it.skipIf(!existsSync('/dev/full'))('is refused in words where the disk is full', async () => {
    const { directory } = await openAttachments();
    const file = join(directory, 'full');
    await symlink('/dev/full', file);
    const received = receiveFile({ name: 'a.txt', body: body('x'), file, mostBytes: 10 });
    await expect(received).rejects.toThrow('a.txt was not kept: the disk of the data directory is full.');
  });
});

describe('a file that nothing refers to', () => {
  it('is gone after a day, and one in use is not', async () => {
    const { attachments, keep, clock, left } = await openAttachments();
    const [unused, used] = [await keep('a.txt', 'a'), await keep('b.txt', 'b')];
    attachments.take('p-1', [used.id]);
    await clock.pass(DAY + 1);
    const fresh = await keep('c.txt', 'c');
    expect(() => attachments.find('p-1', [unused.id])).toThrow(`There is no file ${unused.id}.`);
    expect(attachments.find('p-1', [used.id, fresh.id, used.id])).toEqual([used, fresh]);
    expect(left()).toBe(2);
  });

  it('can be taken away, unless it is in use; what another one holds too stays', async () => {
    const { attachments, keep, left } = await openAttachments();
    const [one, two] = [await keep('a.txt', 'same'), await keep('b.txt', 'same')];
    attachments.drop(one.id);
    expect(left()).toBe(1);
    attachments.take('p-1', [two.id]);
    expect(() => attachments.drop(two.id)).toThrow('stays with it');
  });

  it('is not given to another project', async () => {
    const { attachments, keep } = await openAttachments();
    const { id } = await keep('a.txt', 'a');
    expect(() => attachments.take('p-2', [id])).toThrow('belongs to another project');
  });

  it('that a killed server left half written is gone at the next start', async () => {
    const { attachments, keep, left, directory } = await openAttachments();
    await keep('a.txt', 'a');
    await keep('b.txt', 'b');
    const [half, lost] = ['incoming/f-half', `kept/ff/${'f'.repeat(64)}`];
    await mkdir(join(directory, 'attachments/kept/ff'), { recursive: true });
    for (const name of [half, lost]) await writeFile(join(directory, 'attachments', name), 'x');
    expect(left()).toBe(4);
    attachments.recover();
    expect(left()).toBe(2);
  });
});

describe('a file for an agent', () => {
  it('is a copy that can not be written, renewed with each run', async () => {
    const { attachments, keep, directory } = await openAttachments();
    const files = [await keep('../a b.md', 'words'), await keep('shot.bin', PNG)];
    const folder = join(directory, 'files');
    for (const _run of [1, 2]) {
      const placed = await attachments.place(files, folder);
      expect(placed.map(({ path, isPicture }) => [path, isPicture])).toEqual([
        [join(folder, 'a_b.md'), false],
        [join(folder, 'shot.png'), true],
      ]);
      expect((await stat(join(folder, 'a_b.md'))).mode & 0o777).toBe(0o444);
    }
    expect(await readFile(join(folder, 'a_b.md'), 'utf8')).toBe('words');
    expect(await attachments.place([], folder)).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  });
});
