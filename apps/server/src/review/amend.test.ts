import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeBlob } from '../git/write-blob.ts';
import { makeAmend } from './amend.ts';
import { makeReadChanges } from './read-changes.ts';
import { hunksOf } from './splice-lines.ts';
import { makeTestResults, ODD_NAME, type TestResults } from './test-results.ts';

const MARA = { name: 'Mara', role: 'operator' } as const;
const numbers = (n: number, end = '\n') =>
  Array.from({ length: n }, (_, at) => `line ${at + 1}`).join(end) + end;
const LATIN = Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x0a]);

let test: TestResults;
let amend: ReturnType<typeof makeAmend>;

beforeAll(async () => {
  test = await makeTestResults({
    'long.txt': numbers(60),
    'crlf.txt': numbers(60, '\r\n'),
    'bare.txt': numbers(30).trimEnd(),
    'gone.txt': 'gone\n',
    'old.txt': numbers(20),
    'latin.txt': LATIN,
    bin: new Uint8Array([0, 1, 2]),
    'run.sh': '#!/bin/sh\n',
  });
  amend = makeAmend({ results: test.results, audit: test.audit });
});
afterAll(() => test[Symbol.asyncDispose]());

let start: string;
beforeEach(async () => {
  start ??= test.tree();
  const { base } = test.results.find('t-1').change ?? { base: '' };
  await test.rebase(base, start);
});

const given = () => ({ task: 't-1', tree: test.tree() });
const text = async (path: string) => (await test.read(path))?.content.toString();
const put = (path: string, content: string | Buffer, mode?: string) =>
  test.put({ path, content: Buffer.from(content), ...(mode === undefined ? {} : { mode }) });

async function hunksIn(path: string) {
  const read = makeReadChanges({ results: test.results, looks: test.looks });
  const asked = {
    ...given(),
    paths: [path],
    skip: 0,
    limit: 5000,
  };
  const { patches } = await read.patches({ ...asked, since: 'base', whitespace: 'shown' }, 'Mara');
  return [...hunksOf((patches[0]?.patch ?? '').split('\n'))];
}

describe('taking hunks out of a result', () => {
  it('brings the lines of one hunk back and leaves the others, byte for byte', async () => {
    for (const [path, end] of [
      ['long.txt', '\n'],
      ['crlf.txt', '\r\n'],
    ] as const) {
      await put(
        path,
        numbers(60, end).replace(`line 5${end}`, `five${end}5b${end}`).replace(`line 50${end}`, ''),
      );
      const [first, second] = await hunksIn(path);
      await amend.takeOut({ ...given(), parts: [{ path, hunks: [first as never] }] }, MARA);
      expect(await text(path)).toBe(numbers(60, end).replace(`line 50${end}`, ''));
      expect(second).toBeDefined();
    }
  });

  it('leaves a last line without an end as it was', async () => {
    await put('bare.txt', `${numbers(30).replace('line 3\n', 'three\n')}more\n`);
    const hunks = await hunksIn('bare.txt');
    expect(hunks).toHaveLength(2);
    await amend.takeOut({ ...given(), parts: [{ path: 'bare.txt', hunks: [hunks[1] as never] }] }, MARA);
    expect(await text('bare.txt')).toBe(numbers(30).replace('line 3\n', 'three\n').trimEnd());
  });

  it('works on a file that is not UTF-8 and on one with an odd name', async () => {
    await test.put({ path: 'latin.txt', content: Buffer.concat([LATIN, Buffer.from([0xe8, 0x0a])]) });
    await amend.takeOut(
      { ...given(), parts: [{ path: 'latin.txt', hunks: await hunksIn('latin.txt') }] },
      MARA,
    );
    expect((await test.read('latin.txt'))?.content).toEqual(LATIN);
    await test.put({ path: ODD_NAME, content: Buffer.from('odd\n') });
    expect(await hunksIn(ODD_NAME)).toEqual([{ oldStart: 0, oldLines: 0, newStart: 1, newLines: 1 }]);
    await amend.takeOut({ ...given(), parts: [{ path: ODD_NAME, hunks: null }] }, MARA);
    expect(await test.read(ODD_NAME)).toBeNull();
  });

  it('takes whole files out: added, deleted, moved, made executable, made a link', async () => {
    const link = await writeBlob(test.hub, Buffer.from('long.txt'));
    const old = await text('old.txt');
    await test.put(
      { path: 'new.txt', content: Buffer.from('new\n') },
      { path: 'gone.txt', content: null },
      { path: 'old.txt', content: null },
      { path: 'moved.txt', content: Buffer.from(old ?? '') },
      { path: 'run.sh', content: Buffer.from('#!/bin/sh\n'), mode: '100755' },
      { path: 'bin', content: { oid: link }, mode: '120000' },
      { path: 'long.txt', content: Buffer.from('kept\n') },
    );
    const parts = ['new.txt', 'gone.txt', 'moved.txt', 'run.sh', 'bin'].map((path) => ({
      path,
      hunks: null,
    }));
    await amend.takeOut({ ...given(), parts }, MARA);
    expect(await test.read('new.txt')).toBeNull();
    expect(await test.read('moved.txt')).toBeNull();
    expect(await text('gone.txt')).toBe('gone\n');
    expect(await text('old.txt')).toBe(old);
    expect((await test.read('run.sh'))?.mode).toBe('100644');
    expect(await test.read('bin')).toEqual({ mode: '100644', content: Buffer.from([0, 1, 2]) });
    expect(await text('long.txt')).toBe('kept\n');
  });

  it('refuses a hunk that is not there, and a tree that was replaced', async () => {
    await put('long.txt', 'other\n');
    const wrong = { oldStart: 1, oldLines: 1, newStart: 1, newLines: 1 };
    const parts = [{ path: 'long.txt', hunks: [wrong] }];
    await expect(amend.takeOut({ ...given(), parts }, MARA)).rejects.toThrow('it has no such hunk');
    const stale = given();
    await put('long.txt', 'again\n');
    expect(() => amend.takeOut({ ...stale, parts }, MARA)).toThrow('has changed since you looked');
  });

  it('can be undone, step by step', async () => {
    await put('long.txt', numbers(60).replace('line 5\n', 'five\n'));
    const before = test.tree();
    await amend.edit({ ...given(), path: 'run.sh', text: '#!/bin/bash\n' }, MARA);
    const edited = test.tree();
    await amend.takeOut(
      { ...given(), parts: [{ path: 'long.txt', hunks: await hunksIn('long.txt') }] },
      MARA,
    );
    await amend.undo(given(), MARA);
    expect(test.tree()).toBe(edited);
    await amend.undo(given(), MARA);
    expect(test.tree()).toBe(before);
    expect(() => amend.undo(given(), MARA)).toThrow('Nobody has changed the result');
    expect(test.notes.at(-1)).toMatchObject({
      who: 'Mara',
      what: 'result.amend',
      why: 'undid: edited run.sh',
    });
  });
});

describe('editing a file by hand', () => {
  it('keeps the line ends, the end of the file and the mode', async () => {
    await put('run.sh', '#!/bin/sh\r\necho a\r\necho b', '100755');
    const file = await amend.file({ ...given(), path: 'run.sh' });
    expect(file).toEqual({
      kind: 'text',
      path: 'run.sh',
      text: '#!/bin/sh\necho a\necho b',
      lineEnds: 'crlf',
    });
    await amend.edit({ ...given(), path: 'run.sh', text: '#!/bin/sh\necho A\nnew\necho b' }, MARA);
    expect(await test.read('run.sh')).toEqual({
      mode: '100755',
      content: Buffer.from('#!/bin/sh\r\necho A\r\nnew\r\necho b'),
    });
  });

  it('refuses what is no text and says why', async () => {
    const link = await writeBlob(test.hub, Buffer.from('long.txt'));
    await test.put({ path: 'link', content: { oid: link }, mode: '120000' });
    for (const [path, why] of [
      ['bin', 'it is binary'],
      ['latin.txt', 'its bytes are not UTF-8'],
      ['link', 'it is a symbolic link'],
      ['none', 'it is not in this result'],
    ] as const) {
      expect(await amend.file({ ...given(), path })).toEqual({ kind: 'closed', path, why });
      await expect(amend.edit({ ...given(), path, text: 'x' }, MARA)).rejects.toThrow(why);
    }
  });

  it('edits a file whose name is not text', async () => {
    await test.put({ path: ODD_NAME, content: Buffer.from('odd\n') });
    await amend.edit({ ...given(), path: ODD_NAME, text: 'even\n' }, MARA);
    expect(await text(ODD_NAME)).toBe('even\n');
  });
});

describe('applying suggestions', () => {
  it('puts several in place at once, with the line ends of the file', async () => {
    const suggestions = [
      { path: 'crlf.txt', line: 3, endLine: 4, text: 'three' },
      { path: 'crlf.txt', line: 60, endLine: 60, text: 'last\nand more' },
      { path: 'bare.txt', line: 30, endLine: 30, text: 'end' },
      { path: 'long.txt', line: 1, endLine: 1, text: '' },
    ];
    await amend.applySuggestions({ ...given(), suggestions }, MARA);
    const lines = numbers(60, '\r\n')
      .replace('line 3\r\nline 4', 'three')
      .replace('line 60', 'last\r\nand more');
    expect(await text('crlf.txt')).toBe(lines);
    expect(await text('bare.txt')).toBe(`${numbers(29)}end`);
    expect(await text('long.txt')).toBe(numbers(60).replace('line 1\n', ''));
  });

  it('refuses two about one line, and lines that are not there', async () => {
    const one = { path: 'long.txt', line: 3, endLine: 4, text: 'x' };
    const both = [one, { ...one, line: 4 }];
    await expect(amend.applySuggestions({ ...given(), suggestions: both }, MARA)).rejects.toThrow(
      'about the same line',
    );
    const beyond = [{ ...one, endLine: 99 }];
    await expect(amend.applySuggestions({ ...given(), suggestions: beyond }, MARA)).rejects.toThrow(
      'no lines 3 to 99',
    );
  });
});
