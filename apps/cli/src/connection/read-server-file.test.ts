import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isAlive } from './read-server-file.ts';

describe('a process', () => {
  it('is alive while it runs and not after', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const pid = child.pid ?? 0;
    expect(isAlive(pid)).toBe(true);
    child.stdin.end();
    await once(child, 'exit');
    expect(isAlive(pid)).toBe(false);
  });

  it.skipIf(!existsSync('/proc/self/stat'))('is not alive when only its number is left', async () => {
    // The shell starts a child, becomes a program that never collects it, and says the child's number.
    const shell = spawn('sh', ['-c', 'true & echo $!; exec sleep 30'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const said: readonly unknown[] = await once(shell.stdout, 'data');
    const pid = Number(String(said[0]));
    await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false);
    shell.kill('SIGKILL');
  });
});
