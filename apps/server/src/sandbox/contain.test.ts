import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makePlainSandbox } from './contain.ts';

let root: string;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'thalogos-contain-')));
});
afterEach(() => rm(root, { recursive: true }));

it('starts an agent in its worktree with a private home and none of the host’s secrets', async () => {
  const host = { PATH: process.env['PATH'], HOME: '/somebody', OPENAI_API_KEY: 'secret', LANG: 'C' };
  const agent = await makePlainSandbox(host).start({
    command: process.execPath,
    args: ['-e', 'process.stdout.write(JSON.stringify(process.env))'],
    cwd: root,
    stateDir: join(root, 'state'),
    environment: { AGENT_KEY: 'given', HOME: '/somebody' },
    mark: 'test:run/1',
  });

  const { PATH: path, ...seen } = JSON.parse(await text(agent.stdout)) as Record<string, string>;
  await agent.exited;

  const [home, tmp] = [join(root, 'state', 'home'), join(root, 'state', 'tmp')];
  expect(path).toBe(process.env['PATH']);
  expect(seen).toEqual({
    AGENT_KEY: 'given',
    HOME: home,
    LANG: 'C',
    PWD: root,
    TEMP: tmp,
    TERM: 'dumb',
    THALOGOS_MARK: 'test:run/1',
    TMP: tmp,
    TMPDIR: tmp,
    USERPROFILE: home,
  });
});
