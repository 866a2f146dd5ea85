import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { SqliteEventLog } from '../events/sqlite-event-log.ts';
import { openDatabase } from './open-database.ts';
import { SqliteMessageStore } from './sqlite-message-store.ts';
import { makeScratchFolder } from '../test-scratch.ts';

const { folder, remove } = makeScratchFolder();
afterEach(remove);

describe('a database whose process was killed', () => {
  it('holds everything that was acknowledged, in order and whole, and goes on from there', async () => {
    const file = join(folder, 'killed.db');
    const acknowledged = await appendUntilKilled(file, 40);
    const database = openDatabase(file);
    const log = new SqliteEventLog({ database });

    const counted = log.afterSync(0, { topics: ['counted'] }, 1_000_000).map((event) => event.payload);
    expect(counted.length).toBeGreaterThanOrEqual(acknowledged);
    expect(counted).toEqual(counted.map((_, index) => index + 1));
    expect(log.afterSync(0, { topics: ['twin'] }, 1_000_000)).toHaveLength(counted.length);
    const messages = new SqliteMessageStore({ database }).listSync('c-1', { limit: 1_000_000 });
    expect(messages.map((message) => Number(message.content))).toEqual(counted);
    expect(await log.append([])).toEqual([]);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.close();
  });
});

/** Kills the child after `count` acknowledgements and gives the last one that it made. */
async function appendUntilKilled(file: string, count: number): Promise<number> {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('./test-append-until-killed.ts', import.meta.url)), file],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  // Passed on, not inherited: the test runner waits for the end of everything that holds its output.
  child.stderr.on('data', (said: Buffer) => process.stderr.write(said));
  let last = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    if (last === count) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return last;
}
