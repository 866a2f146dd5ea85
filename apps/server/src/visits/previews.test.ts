import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProjectConfig } from '@thalogos/contracts';
import { writeFiles } from '@thalogos/testkit';
import { describe, expect, it } from 'vitest';
import { killMarked } from '../platform/marked-processes.ts';
import { Previews } from './previews.ts';
import { MARA, openVisitWorld } from './test-visits.ts';

/** A dev server that shows what it was asked with, and starts a child that would outlive it. */
const PROGRAM = `
const { spawn } = require('node:child_process');
spawn('sleep', ['300'], { detached: true, stdio: 'ignore' }).unref();
require('node:http').createServer((asked, answer) => {
  if (asked.url === '/die') process.exit(7);
  answer.end(JSON.stringify({ headers: asked.headers, secret: process.env.OPENAI_API_KEY ?? null }));
}).listen(Number(process.env.PORT), process.env.HOST, () => console.log('up at ' + process.env.PORT));
`;

async function openWorld(more: Parameters<typeof openVisitWorld>[0] = {}) {
  const world = await openVisitWorld(more);
  await writeFiles(world.path, {
    'server.js': PROGRAM,
    'package.json': JSON.stringify({ scripts: { dev: 'node server.js' } }),
  });
  const previews = new Previews(world.deps);
  const hash = async () => {
    const offer = await previews.offer(world.task);
    return offer.kind === 'command' ? offer.hash : '';
  };
  const start = async () => previews.start({ task: 't-1', hash: await hash() }, MARA);
  const untilReady = () =>
    expect.poll(() => previews.of('t-1')?.state.kind, { timeout: 10_000 }).toBe('ready');
  return { ...world, world, previews, hash, start, untilReady };
}

function ask(port: number, path = '/', headers: Record<string, string> = {}) {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  request({ port, host: '127.0.0.1', path, headers }, (answer) => resolve(text(answer)))
    .on('error', reject)
    .end();
  return promise;
}

describe('the preview of a task', () => {
  it('runs in its worktree at a port of its range, is ready when it answers, and ends whole', async () => {
    const { world, previews, start, untilReady } = await openWorld();
    await using _ = world;
    const started = await start();
    expect(started).toMatchObject({
      command: ['npm', 'run', 'dev'],
      state: { kind: 'starting' },
      by: 'Mara',
    });
    expect(started.url).toBe(`http://t-1.localhost:${started.port}/`);
    await untilReady();
    expect(previews.log('t-1', 0).map((line) => line.text)).toContain(`up at ${started.port}`);
    expect(JSON.parse(await ask(started.port))).toMatchObject({ secret: null });
    expect(await start()).toMatchObject({ port: started.port });
    expect((await previews.stop('t-1'))?.state).toMatchObject({ kind: 'ended', why: 'It was stopped.' });
    expect(await world.alive()).toEqual([]);
    expect(world.audited()).toEqual([{ what: 'preview.started', why: 'npm run dev (package.json)' }]);
    expect(world.events().map(({ type }) => type)).toEqual(Array(3).fill('preview.moved'));
  });

  it('says how it ended by itself, and leaves its port to the next one', async () => {
    const { world, previews, start, untilReady } = await openWorld();
    await using _ = world;
    const { port } = await start();
    await untilReady();
    await ask(port, '/die').catch(() => undefined);
    await expect.poll(() => previews.of('t-1')?.state.kind, { timeout: 10_000 }).toBe('ended');
    expect(previews.of('t-1')?.state).toMatchObject({ isStopped: false });
    expect(await world.alive()).toEqual([]);
    expect((await start()).port).toBe(port);
    await previews.end();
  });

  it('does not start what was not read: another command, or a file that nobody trusts', async () => {
    const { world, previews, hash } = await openWorld();
    await using _ = world;
    const read = await hash();
    writeFileSync(join(world.path, 'package.json'), JSON.stringify({ scripts: { dev: 'touch owned' } }));
    await expect(previews.start({ task: 't-1', hash: read }, MARA)).rejects.toMatchObject({
      ...{ code: 'conflict', hint: 'Look at it again, then start it.' },
    });
    const config = ProjectConfig.parse({ preview: { command: ['touch', 'owned'] } });
    const untrusting = new Previews({
      ...world.deps,
      projects: {
        place: () => ({ directory: world.path }),
        settingsAt: async () => ({ config, hash: 'h' }),
        isTrusted: () => false,
      },
    });
    const offer = await untrusting.offer(world.task);
    const told = offer.kind === 'command' ? offer.hash : '';
    await expect(untrusting.start({ task: 't-1', hash: told }, MARA)).rejects.toMatchObject({
      code: 'refused',
    });
    expect(await world.alive()).toEqual([]);
  });

  it('follows no link of the worktree to find a command', async () => {
    const { world, previews } = await openWorld();
    await using _ = world;
    await writeFiles(world.path, { 'elsewhere.json': JSON.stringify({ scripts: { dev: 'x' } }) });
    const task = { ...world.task, worktree: join(world.path, 'inner') };
    await writeFiles(task.worktree, { 'a.txt': '' });
    symlinkSync(join(world.path, 'elsewhere.json'), join(task.worktree, 'package.json'));
    expect(await previews.offer(task)).toMatchObject({ kind: 'none' });
  });

  it('says so when no port is free', async () => {
    const squatter: Server = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address() as { port: number };
    const { world, start } = await openWorld({ ports: { from: port, to: port } });
    await using _ = world;
    await expect(start()).rejects.toMatchObject({
      message: `Could not start the preview of “Write the menu”: the ports ${port} to ${port} are all taken.`,
      hint: expect.stringContaining('THALOGOS_PREVIEW_PORTS') as string,
    });
    expect(await world.alive()).toEqual([]);
    squatter.close();
  });

  it('leaves nothing behind that the next server would not find by its mark', async () => {
    const { world, start, untilReady } = await openWorld();
    await using _ = world;
    await start();
    await untilReady();
    // As a server does at its start, whose forerunner was killed.
    await killMarked(world.deps.markOf('visit/'));
    expect(await world.alive()).toEqual([]);
  });
});
