import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryDirectory } from '@thalogos/testkit';
import { expect, it } from 'vitest';
import { readCheckLog } from './read-check-log.ts';

/** A Save whose logs are in a folder, with what it keeps of one check. */
async function setUp() {
  const directory = await makeTemporaryDirectory();
  const logs = join(directory.path, 'saves', 'v-1', 'logs');
  await mkdir(logs, { recursive: true });
  const context = {
    projects: { place: () => ({ directory: directory.path }) },
    redactText: (text: string) => text.replaceAll('hunter2', '[redacted]'),
    live: { of: () => null },
  } as never;
  const record = {
    ...{ id: 'v-1', project: 'p-1', state: { kind: 'checking' } },
    checks: [{ name: 'lint', state: 'passed', seconds: 0, log: 'kept' }],
  } as never;
  return {
    write: (name: string, text: string) => writeFile(join(logs, name), text),
    read: (check: string, tail?: number) =>
      readCheckLog(context, record, tail === undefined ? { check } : { check, tail }),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

it('gives the whole of what a check has put out, without what must not be seen', async () => {
  await using save = await setUp();
  await save.write('unit.log', 'token hunter2\n\u001b[31mred\u001b[0m\n');
  expect(await save.read('unit')).toEqual({
    text: 'token [redacted]\n\u001b[31mred\u001b[0m\n',
    size: 27,
    isWhole: true,
  });
});

it('gives the end of a long one from a whole line on, and says how long it is', async () => {
  await using save = await setUp();
  await save.write('unit.log', 'first hunter2\nsecond\nthird\n');
  expect(await save.read('unit', 17)).toEqual({ text: 'second\nthird\n', size: 27, isWhole: false });
});

it('gives the second run of a check that was red once', async () => {
  await using save = await setUp();
  await save.write('unit.log', 'first run');
  await save.write('unit.again.log', 'second run');
  expect((await save.read('unit')).text).toBe('second run');
});

it('gives what is kept of a check that was not run, and refuses one that there is not', async () => {
  await using save = await setUp();
  expect((await save.read('lint')).text).toBe('kept');
  await expect(save.read('nobody')).rejects.toThrow('Save v-1 has no such check');
});
