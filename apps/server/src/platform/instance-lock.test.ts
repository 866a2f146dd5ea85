import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeInstanceLock } from './instance-lock.ts';
import { dataPathsOf, prepareDataDirectory } from './paths.ts';
import { readServerFile, removeServerFile, writeServerFile } from './server-file.ts';

let home: string;
beforeEach(() => {
  home = join(mkdtempSync(join(tmpdir(), 'thalogos-lock-')), 'data');
  prepareDataDirectory(home);
});
afterEach(() => rmSync(join(home, '..'), { recursive: true }));
const content = { pid: process.pid, port: 4870, url: 'http://127.0.0.1:4870', token: 'abc', startedAt: 1 };

/** Another process that takes the lock and says how that went. */
async function startOther() {
  const here = resolve(import.meta.dirname);
  const script = `
    import { takeInstanceLock } from ${JSON.stringify(join(here, 'instance-lock.ts'))};
    import { dataPathsOf } from ${JSON.stringify(join(here, 'paths.ts'))};
    console.log(takeInstanceLock(dataPathsOf(${JSON.stringify(home)})).kind);
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Passed on, not inherited: the test runner waits for the end of everything that holds its output.
  child.stderr.on('data', (said: Buffer) => process.stderr.write(said));
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const kill = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { said: said.toString().trim(), kill };
}

describe('the lock of a data directory', () => {
  it('is held by one process, and free the moment that one is killed', async () => {
    const first = await startOther();
    expect([first.said, takeInstanceLock(dataPathsOf(home))]).toEqual(['held', { kind: 'taken', by: null }]);
    await first.kill();
    const mine = takeInstanceLock(dataPathsOf(home));
    const second = await startOther();
    await second.kill();
    expect([mine.kind, second.said]).toEqual(['held', 'taken']);
    if (mine.kind === 'held') mine.release();
    expect(takeInstanceLock(dataPathsOf(home)).kind).toBe('held');
  });

  it('says who holds it', async () => {
    const other = await startOther();
    writeServerFile(dataPathsOf(home).serverFile, content);
    expect(takeInstanceLock(dataPathsOf(home))).toEqual({ kind: 'taken', by: content });
    await other.kill();
  });
});

describe('server.json', () => {
  const file = () => dataPathsOf(home).serverFile;

  it('is for its owner’s eyes only and reads back as written', () => {
    writeServerFile(file(), content);
    expect([readServerFile(file()), statSync(file()).mode & 0o777]).toEqual([content, 0o600]);
  });

  it.each([['{"pid":'], ['{"pid":"x"}'], ['']])('that holds %j counts as none', (text) => {
    writeFileSync(file(), text);
    expect(readServerFile(file())).toBe(null);
  });

  it('goes with the server that wrote it, and no other', () => {
    writeServerFile(file(), { ...content, pid: process.pid + 1 });
    removeServerFile(file());
    expect(readServerFile(file())).not.toBe(null);
    writeServerFile(file(), content);
    removeServerFile(file());
    expect(readServerFile(file())).toBe(null);
  });
});

describe('the data directory', () => {
  it('is closed to others, also when it was open before', () => {
    expect(statSync(home).mode & 0o777).toBe(0o700);
  });

  it('that can’t be made is named', () => {
    writeFileSync(join(home, 'file'), '');
    expect(() => prepareDataDirectory(join(home, 'file', 'data'))).toThrow(
      `Could not prepare the data directory ${join(home, 'file', 'data')}`,
    );
  });
});
