import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { startProcess } from '../platform/process.ts';
import { toLineProcess } from './line-process.ts';

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
