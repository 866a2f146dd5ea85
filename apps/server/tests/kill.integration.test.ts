import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Project, Task, Terminal } from '@thalogos/contracts';
import { makeRepository, runTestGit, type TestRepository } from '@thalogos/testkit';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Frame } from '../src/api/test-viewer.ts';
import { TestServer, until, write } from './test-server.ts';

/** Every number once and in order, as one client got them over all starts of the server. */
function expectWhole(frames: readonly Frame[]): void {
  expect(frames.map(({ id }) => id)).toEqual(frames.map((_, index) => index + 1));
}

const hubOf = async (server: TestServer) => {
  const { projects } = await server.get<{ projects: readonly Project[] }>('projects.list');
  return join(server.data, 'projects', projects[0]!.id, 'hub.git');
};

const worktreeOf = (server: TestServer, project: string, task: Task) =>
  join(server.data, 'projects', project, 'worktrees', task.session, task.id);

/** Three tasks whose agents are in the middle of their work: one writes and hangs, one has a daemon, one asks. */
async function atWork(server: TestServer, repository: TestRepository) {
  const project = await server.register(repository.path);
  const goal = [
    `- Hang ${write('hang.txt', 'half\n')} [[hang]]`,
    `- Daemon [[daemon]] ${write('daemon.txt', 'half\n')} [[sleep 600000]]`,
    `- Ask ${write('ask.txt', 'half\n')} [[ask Which? | a | b]] ${write('answer.txt', '{{answer}}')}`,
  ].join('\n');
  const tasks = await server.state(project, goal);
  const [hang, daemon, ask] = tasks as [Task, Task, Task];
  await Promise.all([
    server.wrote(hang.id, 'hang.txt'),
    server.wrote(daemon.id, 'daemon.txt'),
    server.taskIn(ask.id, 'waiting'),
  ]);
  return { project, tasks, hang, daemon, ask };
}

async function expectKept(server: TestServer, project: string, tasks: readonly Task[]): Promise<void> {
  const hub = await hubOf(server);
  for (const [index, name] of ['hang.txt', 'daemon.txt', 'ask.txt'].entries()) {
    const task = tasks[index]!;
    const wip = `refs/thalogos/wip/${task.session}/${task.id}/1`;
    expect(await runTestGit(hub, ['--git-dir=.', 'show', `${wip}:${name}`])).toBe('half');
    expect(readFileSync(join(worktreeOf(server, project, task), name), 'utf8')).toBe('half\n');
  }
}

/** A terminal of a person, in which something runs that does not hear of its end. */
async function openTerminal(server: TestServer, task: Task): Promise<void> {
  const size = { columns: 80, rows: 24 };
  const { terminal } = await server.tell<{ terminal: Terminal }>('visits.openTerminal', {
    ...{ task: task.id, size },
  });
  const socket = new WebSocket(`${server.at.url.replace('http', 'ws')}/terminals/${terminal.id}`, {
    headers: { authorization: `Bearer ${server.at.token}` },
  });
  // The server is about to be killed under it.
  socket.on('error', () => undefined);
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'input', data: '(setsid nohup sleep 600 >/dev/null 2>&1 &)\r' }));
  await until('the terminal has its daemon', async () => (await server.marked('visit/')).length > 1);
}

describe('a server that is killed with -9 while agents are at work', () => {
  it('comes back with no orphan alive, its tasks interrupted, their files kept, and a retry goes on', async () => {
    await using server = await TestServer.start();
    await using repository = await makeRepository();
    const { project, tasks, hang, ask } = await atWork(server, repository);
    const orphans = await server.marked('run/');
    expect(orphans.length).toBeGreaterThan(2);
    await openTerminal(server, hang);
    await server.kill();
    await server.start();

    expect(await server.marked('run/')).toEqual([]);
    expect(await server.marked('visit/')).toEqual([]);
    expect(await server.get('visits.of', { task: hang.id })).toMatchObject({ terminals: [] });
    for (const { id } of tasks) {
      expect(await server.task(id)).toMatchObject({ state: 'interrupted', runs: 1 });
    }
    await expectKept(server, project, tasks);
    expect(await server.get('review.decisions', { project })).toEqual({ decisions: [] });

    await server.tell('tasks.retry', { task: ask.id });
    await server.taskIn(ask.id, 'waiting');
    const { decisions } = await server.get<{ decisions: { id: string; task: string }[] }>(
      'review.decisions',
      { project },
    );
    await server.tell('review.decide', { decision: decisions[0]!.id, choice: 'b' });
    expect(await server.taskIn(ask.id, 'review')).toMatchObject({ files: { changed: 2 } });
    await server.tell('tasks.retry', { task: hang.id });
    await server.taskIn(hang.id, 'running');
    // Its agent dies, and the server while it has it go on.
    const agents = await until('its agent is there', async () => {
      const pids = await server.marked('run/');
      return pids.length > 0 && pids;
    });
    for (const pid of agents) process.kill(pid, 'SIGKILL');
    await until('it goes on', async () => (await server.task(hang.id)).runs === 3);
    await server.kill();
    await server.start();
    expect(await server.task(hang.id)).toMatchObject({ state: 'interrupted', runs: 3 });
    expect(await server.marked('run/')).toEqual([]);
    expect(await server.task(ask.id)).toMatchObject({ state: 'review' });
    expectWhole(server.frames());
    expect(await repository.git('status', '--porcelain')).toBe('');
  });

  it('goes on with what waited in the queue', async () => {
    await using server = await TestServer.start();
    await using repository = await makeRepository({
      commits: [{ message: 'Start', files: { '.thalogos/config.yaml': 'limits:\n  concurrency: 1\n' } }],
    });
    const project = await server.register(repository.path);
    const goal = `- [a] Hang ${write('a.txt', 'x\n')} [[hang]]\n- Free ${write('b.txt', 'x\n')}\n- after: a; Later ${write('c.txt', 'x\n')}`;
    const [hang, free, later] = (await server.state(project, goal)) as [Task, Task, Task];
    await server.wrote(hang.id, 'a.txt');
    expect([(await server.task(free.id)).state, (await server.task(later.id)).state]).toEqual([
      'queued',
      'blocked',
    ]);
    await server.kill();
    await server.start();
    await server.taskIn(free.id, 'review');
    expect([(await server.task(hang.id)).state, (await server.task(later.id)).state]).toEqual([
      'interrupted',
      'blocked',
    ]);
  });

  it('is not harmed when it is killed again while it starts', async () => {
    await using server = await TestServer.start();
    await using repository = await makeRepository();
    const { project, tasks } = await atWork(server, repository);
    await server.kill();
    for (let times = 0; times < 3; times += 1) await server.killWhileStarting(150 + times * 250);
    await server.start();
    for (const { id } of tasks) expect((await server.task(id)).state).toBe('interrupted');
    await expectKept(server, project, tasks);
    expect(await server.marked('run/')).toEqual([]);
    expectWhole(server.frames());
  });
});

describe('a server that is asked to end while agents are at work', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s ends with 0, its tasks interrupted, and no process is left',
    async (signal) => {
      await using server = await TestServer.start();
      await using repository = await makeRepository();
      const { project, tasks } = await atWork(server, repository);
      const start = Date.now();
      expect(await server.terminate(signal)).toBe(0);
      expect(Date.now() - start).toBeLessThan(30_000);
      expect(await server.marked('')).toEqual([]);
      await server.start();
      for (const { id } of tasks) expect((await server.task(id)).state).toBe('interrupted');
      await expectKept(server, project, tasks);
      expectWhole(server.frames());
    },
  );

  it('during a Save ends with 0, and the next start finishes it', async () => {
    await using server = await TestServer.start();
    await using repository = await makeRepository({
      commits: [
        {
          message: 'Start',
          files: {
            '.thalogos/config.yaml':
              'checks:\n  - name: slow\n    command: ["sh", "-c", "test -f go || sleep 600"]\n',
          },
        },
      ],
    });
    const project = await server.register(repository.path);
    const { hash } = await server.get<{ hash: string }>('projects.trust', { project });
    await server.tell('projects.acceptTrust', { project, hash });
    await server.approved(project, `A ${write('a.txt', 'x\n')}`);
    const { save } = await server.tell<{ save: { id: string } }>('saves.save', { project });
    await until('its check runs', async () => (await server.marked('check/')).length > 0);
    expect(await server.terminate()).toBe(0);
    expect(await server.marked('')).toEqual([]);
    await server.start();
    await until('its check runs again', async () => (await server.marked('check/')).length > 0);
    expect(await server.tell('saves.cancel', { project })).toMatchObject({ cancelled: true });
    expect(await server.outcome(save.id)).toMatchObject({ kind: 'cancelled' });
    expect(await server.marked('check/')).toEqual([]);
    expectWhole(server.frames());
  });
});
