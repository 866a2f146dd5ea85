import { MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../lib/upload-file.ts';
import { formatFileSize, sortFiles, textProblem } from './files-view.ts';

describe('files that are dropped on the composer', () => {
  it('are looked at before a byte is sent', () => {
    const files = [
      { name: 'plan.md', size: 9 },
      { name: 'nothing', size: 0 },
      { name: 'film.mov', size: MAX_ATTACHMENT_BYTES + 1 },
      { name: 'src', size: 4096, isFolder: true },
    ];
    const { taken, refused } = sortFiles(files, 0);
    expect(taken).toEqual([files[0]]);
    expect(refused).toEqual([
      'nothing is empty.',
      'film.mov has 20 MB; 20 MB is the most.',
      'src is a folder: choose files.',
    ]);
  });

  it('are so many at most, those that are there counted', () => {
    const files = [1, 2, 3].map((number) => ({ name: `${number}.txt`, size: 1 }));
    const { taken, refused } = sortFiles(files, MAX_ATTACHMENTS - 1);
    expect([taken.length, refused[0]]).toEqual([1, '2.txt: 20 files are the most.']);
  });

  it.each([
    [0, '0 bytes'],
    [1023, '1023 bytes'],
    [1536, '1.5 kB'],
    [20 * 1024 * 1024, '20 MB'],
  ])('%i bytes are read as %s', (bytes, words) => expect(formatFileSize(bytes)).toBe(words));
});

describe('a text', () => {
  it('that is too long says so before it is sent, counted in bytes', () => {
    expect(textProblem('x'.repeat(100_000), 100_000)).toBeNull();
    expect(textProblem('é'.repeat(50_001), 100_000)).toBe(
      'This has 100,002 bytes, and 100,000 is the most. Put the long parts into a file and attach it.',
    );
  });
});

describe('the answer to a file', () => {
  it('is the file as it is kept', () => {
    const kept = { id: 'f-1', project: 'p-1', name: 'a', mediaType: 'text/plain', bytes: 1, createdAt: 0 };
    expect(readAnswer(200, JSON.stringify({ ...kept, sha256: 'a' }))).toMatchObject(kept);
  });

  it.each([
    [
      413,
      JSON.stringify({ error: { code: 'too-large', message: 'Too big.', hint: 'Cut it.', details: null } }),
      'Too big. Cut it.',
    ],
    [502, '<html>Bad gateway', 'The server answered 502.'],
    [200, '{}', 'The server answered 200.'],
  ])('%i is said in words', (status, text, words) => expect(() => readAnswer(status, text)).toThrow(words));
});
