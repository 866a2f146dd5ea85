import { readFileSync } from 'node:fs';
import type { Decision, Run, Status } from '@thalogos/contracts';
import { makeRepository } from '@thalogos/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer, until, write } from './test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());

const runsOf = async (task: string) =>
  (await server.get<{ runs: readonly Run[] }>('tasks.get', { task })).runs;
const config = (text: string) => ({
  commits: [{ message: 'Start', files: { '.thalogos/config.yaml': text } }],
});
const readMetrics = async ({ at: { url, token } }: TestServer) =>
  (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })).text();
const isThere = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const noRunLives = () =>
  until('no process of a run lives', async () => (await server.marked('run/')).length === 0);
/** Resident memory of the server process, in MB. */
const memory = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024;

describe('an agent that', () => {
  // First, while no other failure counts with these.
  it('fails together with three others slows the start of all, until one does well', async () => {
    await using repository = await makeRepository(config('limits:\n  attempts: 1\n'));
    const project = await server.register(repository.path);
    const crash = ['one', 'two', 'three', 'four'].map((name) => `- Crash ${name} [[crash]]`).join('\n');
    await server.state(project, crash);
    const status = () => server.get<Status>('ops.status', { project });
    const { degraded } = await until('agents fail together', async () => {
      const found = await status();
      return found.degraded != null && found.tasks.failed === 4 && found;
    });
    expect(degraded?.reason).toMatch(/agents failed within 30 seconds: \d by crash/);
    expect(await (await fetch(`${server.at.url}/health`)).json()).toMatchObject({ status: 'degraded' });
    const [well] = await server.state(project, `Well ${write('a.txt', 'x\n')}`);
    await server.taskIn(well!.id, 'review');
    await until('it is over', async () => (await status()).degraded === null);
    const told = server.frames().flatMap(({ event }) => (event?.startsWith('health.') ? [event] : []));
    expect(told).toEqual(['health.degraded', 'health.restored']);
  });

  it('changes nothing rests in review as "no changes" and keeps no Save from ending well', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    const [task] = await server.state(project, 'Think [[say all is well]]', { approve: true });
    expect(await server.taskIn(task!.id, 'review')).toMatchObject({ reason: 'no changes', result: null });
    const refusal = await server.refusal('review.approve', { project, tasks: [{ task: task!.id }] });
    expect(refusal).toMatchObject({
      code: 'wrong-state',
      message: expect.stringContaining('changed nothing') as string,
    });
    expect(await server.save(project)).toMatchObject({ kind: 'nothing-to-save' });
  });

  it('crashes is tried again once, then fails as a crash with what it wrote kept', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    const [task] = await server.state(project, `Crash ${write('kept.txt', 'kept\n')} [[crash]]`);
    await until(
      'it was tried twice',
      async () => (await runsOf(task!.id)).filter(({ end }) => end === 'crashed').length === 2,
    );
    const failed = await server.taskIn(task!.id, 'failed');
    expect([failed.runs, failed.error?.class]).toEqual([2, 'crash']);
    expect(await server.refusal('review.approve', { project, tasks: [{ task: task!.id }] })).toMatchObject({
      code: 'wrong-state',
    });
    await server.tell('tasks.cancel', { tasks: [task!.id] });
    await noRunLives();
  });

  it('is killed twice in the same way goes on once, then waits for a person, seen within five seconds', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    const [task] = await server.state(project, `Killed ${write('half.txt', 'half\n')} [[hang]]`);
    const id = task!.id;
    await server.wrote(id, 'half.txt');
    const seenAfter: number[] = [];
    for (const runs of [1, 2]) {
      const killed = await until('its agent is at work', async () => {
        const open = (await runsOf(id)).filter(({ state }) => state === 'working').length === 1;
        const pids = await server.marked('run/');
        return open && pids.length > 0 && pids;
      });
      const at = Date.now();
      for (const pid of killed) if (isThere(pid)) process.kill(pid, 'SIGKILL');
      const ended = await until(
        'its end is known',
        async () => (await runsOf(id))[runs - 1]?.endedAt ?? null,
      );
      seenAfter.push(ended - at);
    }
    expect(Math.max(...seenAfter)).toBeLessThan(5000);
    expect(await server.taskIn(id, 'failed')).toMatchObject({ runs: 2, error: { class: 'crash' } });
    const { decisions } = await server.get<{ decisions: readonly Decision[] }>('review.decisions', {
      project,
    });
    expect(decisions).toMatchObject([
      { kind: 'failure', task: id, options: [{ id: 'again' }, { id: 'leave' }] },
    ]);
    expect(await server.marked('run/')).toEqual([]);
    const metrics = await readMetrics(server);
    expect(metrics).toMatch(/thalogos_recoveries_total\{agent="scripted",by="again"\} [1-9]/);
    expect(metrics).toMatch(/thalogos_agent_detection_seconds_worst\{agent="scripted"\} [0-4](\.|\n)/);
    await server.tell('review.decide', { decision: decisions[0]!.id, choice: 'again' });
    await server.taskIn(id, 'running');
    await server.tell('tasks.cancel', { tasks: [id] });
    await noRunLives();
  });

  it('hangs is ended by the idle limit of the project file, and nothing of it lives on', async () => {
    await using repository = await makeRepository(config('limits:\n  idle: 1\n  attempts: 1\n'));
    const project = await server.register(repository.path);
    const [task] = await server.state(project, `Hang ${write('a.txt', 'x\n')} [[hang]]`);
    const failed = await server.taskIn(task!.id, 'failed');
    expect([failed.error?.class, failed.runs]).toEqual(['timeout', 1]);
    expect((await runsOf(task!.id))[0]).toMatchObject({ state: 'ended', end: 'timeout' });
    await noRunLives();
  });

  it('works longer than it may is ended by the run limit', async () => {
    await using repository = await makeRepository(config('limits:\n  run: 1\n  attempts: 1\n'));
    const project = await server.register(repository.path);
    const [task] = await server.state(project, `Long [[slow 100]] ${'[[say on and on]] '.repeat(60)}`);
    expect((await server.taskIn(task!.id, 'failed')).error?.class).toBe('timeout');
    await noRunLives();
  });

  it('prints 100,000 lines costs little, and its transcript says how much was left out', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    const before = memory();
    const [task] = await server.state(project, `Flood [[flood 100000]] ${write('a.txt', 'x\n')}`);
    let slowest = 0;
    await until('it rests', async () => {
      const start = performance.now();
      const { state } = await server.task(task!.id);
      slowest = Math.max(slowest, performance.now() - start);
      return state === 'review';
    });
    const transcript = await server.transcript(task!.id);
    expect(JSON.stringify(transcript).length).toBeLessThan(3 * 1024 * 1024);
    expect(transcript.some(({ text }) => /[\d,.]+ characters .*(left out|dropped)/.test(text))).toBe(true);
    expect(memory() - before).toBeLessThan(200);
    expect(slowest).toBeLessThan(2000);
    const told = server
      .frames()
      .filter(({ event, data }) => event === 'transcript.extended' && data['task'] === task!.id);
    expect(told.length).toBeLessThan(300);
  });

  it('is contained reaches no other run, no key and no setting of ours', async () => {
    const { contained } = await server.get<{ contained: boolean }>('ops.info', undefined);
    if (!contained) {
      process.stderr.write('Left out: an agent behind bubblewrap, which is not here\n');
      return;
    }
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    const [other] = await server.state(project, `Other ${write('of-another-run.txt', 'mine\n')}`);
    await server.taskIn(other!.id, 'review');
    const tries =
      'find / -name of-another-run.txt -not -path "/proc/*" 2>/dev/null | tr a-z A-Z; cat "$(git rev-parse --git-common-dir)/config"; git config core.fsmonitor evil || echo kept out; echo x > a.txt';
    const [task] = await server.state(project, `Spy [[sh ${tries}]]`);
    await server.taskIn(task!.id, 'review');
    const seen = JSON.stringify(await server.transcript(task!.id));
    expect(seen).toContain('kept out');
    expect(seen).toContain('bare = true');
    expect(seen).not.toContain('OF-ANOTHER-RUN.TXT');
    expect((await server.task(task!.id)).files).toMatchObject({ added: 1, changed: 1 });
  });

  it('leaves a daemon has it ended when its turn is over', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    const [task] = await server.state(project, `Daemon [[daemon]] ${write('a.txt', 'x\n')}`);
    await server.taskIn(task!.id, 'review');
    await noRunLives();
    expect((await server.transcript(task!.id)).map(({ text }) => text).join()).toMatch(/process id \d+/);
    expect(await server.marked('run/')).toEqual([]);
  });

  it('leaves a daemon and hangs is gone with it after a stop', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    const [task] = await server.state(project, `Daemon [[daemon]] ${write('a.txt', 'x\n')} [[hang]]`);
    await server.wrote(task!.id, 'a.txt');
    // The agent and its daemon at least; the number that the agent knows it by means nothing outside.
    expect((await server.marked('run/')).length).toBeGreaterThanOrEqual(2);
    await server.tell('tasks.stop', { tasks: [task!.id] });
    expect([(await server.task(task!.id)).state, await server.marked('run/')]).toEqual(['stopped', []]);
  });

  it('is stopped, tried again, stopped and cancelled at once by an impatient person stays consistent', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    const [task] = await server.state(project, `Hang ${write('a.txt', 'x\n')} [[hang]]`);
    const id = task!.id;
    await server.wrote(id, 'a.txt');
    await Promise.all(
      ['tasks.stop', 'tasks.stop', 'tasks.cancel'].map((name) => server.ask(name, { tasks: [id] })),
    );
    const { state } = await server.task(id);
    expect(['cancelled', 'stopped']).toContain(state);
    if (state === 'stopped') await server.tell('tasks.cancel', { tasks: [id] });
    expect(await server.refusal('tasks.retry', { task: id })).toMatchObject({ code: 'wrong-state' });
    await noRunLives();
    expect(server.complaints()).toBe('');
  });
});
