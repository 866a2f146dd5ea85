import { describe, expect, it } from 'vitest';
import { hasNoRoom, isDiskFull, isFullAt } from './disk-full.ts';

describe('a full disk', () => {
  it.each([
    ['the system', Object.assign(new Error('write failed'), { code: 'ENOSPC' })],
    ['a quota', new Error('error: Disk quota exceeded')],
    ['git', new Error('Could not merge: fatal: unable to write new index file: No space left on device')],
    ['SQLite', Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })],
  ])('is known when %s says it, at any depth', (_, cause) => {
    expect([isDiskFull(cause), isDiskFull(new Error('Could not save', { cause }))]).toEqual([true, true]);
  });

  it('is not any other failure', () => {
    expect([isDiskFull(new Error('Input/output error')), isDiskFull('ENOSPC'), isDiskFull(null)]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('a disk that is looked at', () => {
  it('has no room where less than a few blocks are left to an ordinary person', () => {
    expect([hasNoRoom({ bavail: 3, bsize: 4096 }), hasNoRoom({ bavail: 1000, bsize: 4096 })]).toEqual([
      true,
      false,
    ]);
  });

  it('is not called full where it does not answer, nor where there is room', () => {
    expect([isFullAt('/nowhere/at/all'), isFullAt(import.meta.dirname)]).toEqual([false, false]);
  });
});
