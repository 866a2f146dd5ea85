import { readdirSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { allowedEnvironment } from '../platform/process.ts';
import { startLimited } from './start-limited.ts';

it('lets no process fill the machine with children', async () => {
  const most = 64;
  // A user's limit counts everything the user runs, so it is above what runs now.
  const running = process.getuid?.() === 0 ? 0 : readdirSync('/proc').length;
  const bomb = await startLimited(
    {
      command: 'sh',
      args: ['-c', 'i=0; while [ $i -lt 2000 ]; do sleep 60 & i=$((i+1)); done; echo all of them'],
      cwd: '/',
      environment: allowedEnvironment(process.env),
      mark: 'test:run/bomb',
    },
    most + running,
  );
  bomb.stderr.resume();
  const said = await text(bomb.stdout);
  await bomb.exited;
  expect(said).not.toContain('all of them');
});
