import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeScratchFolder } from '../test-scratch.ts';
import { StorageError } from '../types/errors.ts';
import { openDatabase } from './open-database.ts';

it("opens a file that is its owner's alone and loses nothing that was acknowledged", () => {
  const { folder, remove } = makeScratchFolder();
  const file = join(folder, 'data', 'x.db');
  const database = openDatabase(file);
  expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(database.pragma('synchronous', { simple: true })).toBe(2);
  expect([statSync(file).mode & 0o777, statSync(join(folder, 'data')).mode & 0o777]).toEqual([0o600, 0o700]);
  database.close();
  remove();
});

it('says which file it could not open, and why', () => {
  const { folder, remove } = makeScratchFolder();
  expect(() => openDatabase(folder)).toThrow(StorageError);
  expect(() => openDatabase(folder)).toThrow(folder);
  remove();
});
