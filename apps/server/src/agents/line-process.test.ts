import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { startProcess } from '../platform/process.ts';
import { cutLine, toLineProcess } from './line-process.ts';

it('a process that closes its output and lives on is ended, and says so', { timeout: 10_000 }, async () => {
  const child = await startProcess({
    command: '/bin/sh',
    args: ['-c', 'echo one; echo trouble >&2; exec 1>&-; sleep 600'],
    cwd: tmpdir(),
    environment: { PATH: '/usr/bin:/bin' },
    mark: `test-${process.pid}:mute`,
  });
  const lines: string[] = [];
  const mute = toLineProcess(child, (line) => lines.push(line));
  const begun = Date.now();
  const { signal } = await mute.exited;
  expect([lines, signal]).toEqual([['one'], 'SIGINT']);
  expect(mute.complaint()).toBe('it closed its output and lived on. trouble');
  expect(Date.now() - begun).toBeLessThan(5000);
});

it('a line longer than 1 MB is cut, and how much of it is lost is told after it', async () => {
  const script = 'process.stdout.write("x".repeat(1024 * 1024 + 7) + "\\n")';
  const child = await startProcess({
    command: process.execPath,
    args: ['-e', script],
    cwd: tmpdir(),
    environment: { PATH: '/usr/bin:/bin' },
    mark: `test-${process.pid}:long`,
  });
  const told: (number | string)[] = [];
  const long = toLineProcess(
    child,
    (line) => told.push(line.length > 5 ? line.length : line),
    (bytes) => told.push(JSON.stringify(cutLine(bytes))),
  );
  await long.exited;
  expect(told).toEqual([
    1024 * 1024,
    expect.stringMatching(/^{"type":"notice","text":"7 bytes of one line were left out/),
  ]);
});
