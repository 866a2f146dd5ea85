import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { makeTemporaryDirectory, type TemporaryDirectory } from '@thalogos/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listMarked } from '../platform/marked-processes.ts';
import type { RunningProcess } from '../platform/process.ts';
import { chooseSandbox } from './choose-sandbox.ts';
import type { Sandbox } from './contain.ts';

const host = { PATH: process.env['PATH'], HOME: homedir(), OPENAI_API_KEY: 'secret' };
let directory: TemporaryDirectory;
let data: string;
let worktree: string;
let sandbox: Sandbox;

const probe = await chooseSandbox({ host, dataDirectory: '/nonexistent', wanted: 'auto' });

beforeEach(async () => {
  directory = await makeTemporaryDirectory('thalogos-walls-');
  data = realpathSync(directory.path);
  const hub = join(data, 'projects', 'p', 'hub.git');
  worktree = join(data, 'projects', 'p', 'worktrees', 's', 't-1');
  const other = join(data, 'projects', 'p', 'worktrees', 's', 't-2');
  for (const folder of [join(hub, 'worktrees', 't-1'), worktree, other])
    mkdirSync(folder, { recursive: true });
  writeFileSync(join(hub, 'config'), '[core]\n\tbare = true\n');
  writeFileSync(join(worktree, '.git'), `gitdir: ${join(hub, 'worktrees', 't-1')}\n`);
  writeFileSync(join(other, 'secret.txt'), 'of another run');
  writeFileSync(join(data, 'thalogos.db'), 'of the server');
  sandbox = await chooseSandbox({ host, dataDirectory: data, wanted: 'auto' });
});
afterEach(() => directory[Symbol.asyncDispose]());

function start(program: string, mark = 'test:run/walls'): Promise<RunningProcess> {
  return sandbox.start({
    ...{ command: 'sh', args: ['-c', program], cwd: worktree, stateDir: join(data, 'state', 't-1') },
    ...{ environment: { DATA: data }, mark },
  });
}

/** What a program printed, both streams. */
async function run(program: string): Promise<string> {
  const running = await start(`exec 2>&1; ${program}`);
  const said = await text(running.stdout);
  await running.exited;
  return said;
}

// Nothing is left out in silence: the reporters do not name what they skip.
if (!probe.contained)
  process.stderr.write('Left out: the attacks on bubblewrap, because it does not work here\n');

describe.runIf(probe.contained)('an agent behind bubblewrap', () => {
  it('writes in its worktree, its home and its temporary folder, and nowhere else', async () => {
    const said = await run(
      'echo a > a.txt; echo b > "$HOME/b"; echo c > "$TMPDIR/c"; for f in /etc/x /usr/x /var/x; do echo no > $f && echo "wrote $f"; done; echo no > "$DATA/x"',
    );
    expect(said).not.toContain('wrote /');
    expect(readFileSync(join(worktree, 'a.txt'), 'utf8')).toBe('a\n');
    expect(readFileSync(join(data, 'state', 't-1', 'home', 'b'), 'utf8')).toBe('b\n');
    expect(existsSync('/etc/x') || existsSync('/usr/x') || existsSync(join(data, 'x'))).toBe(false);
  });

  it('sees neither another run’s files, nor the server’s, nor the person’s home', async () => {
    const said = await run(
      'cat "$DATA"/projects/p/worktrees/s/t-2/secret.txt "$DATA"/thalogos.db; ls -A "$DATA"/projects/p/worktrees/s; ls -A "$DATA"; ls -A /tmp',
    );
    expect(said).not.toContain('of another run');
    expect(said).not.toContain('of the server');
    expect(said.split('\n').filter((line) => line === 't-2' || line === 'thalogos.db')).toEqual([]);
    const secret = join(homedir(), '.ssh');
    expect(await run(`ls ${secret}; ls -A ${homedir()}`)).toMatch(/No such file/);
  });

  it('reads the repository it is linked to and can’t write it, its own .git neither', async () => {
    const said = await run(
      'cat "$DATA"/projects/p/hub.git/config; echo "[core] fsmonitor=/tmp/x" >> "$DATA"/projects/p/hub.git/config; echo gitdir: /tmp > .git; rm -f .git; mv .git away; cat .git',
    );
    expect(said).toContain('bare = true');
    expect(said.match(/Read-only file system|Device or resource busy/g)?.length).toBeGreaterThanOrEqual(3);
    expect(readFileSync(join(data, 'projects', 'p', 'hub.git', 'config'), 'utf8')).toBe(
      '[core]\n\tbare = true\n',
    );
    expect(readFileSync(join(worktree, '.git'), 'utf8')).toMatch(/^gitdir: /);
  });

  it('reads the files that came with its goal, and can’t change them or put others there', async () => {
    const files = join(data, 'state', 't-1', 'files');
    mkdirSync(files, { recursive: true });
    writeFileSync(join(files, 'plan.md'), 'two fares');
    const said = await run(
      'cd "$DATA"/state/t-1/files && cat plan.md; chmod u+w plan.md; echo x > plan.md; echo x > other; rm -f plan.md',
    );
    expect(said).toContain('two fares');
    expect(said.match(/Read-only file system|Permission denied/g)?.length).toBeGreaterThanOrEqual(3);
    expect(readdirSync(files)).toEqual(['plan.md']);
    expect(readFileSync(join(files, 'plan.md'), 'utf8')).toBe('two fares');
  });

  it('follows no link out of its worktree', async () => {
    symlinkSync(join(data, 'thalogos.db'), join(worktree, 'link'));
    await run('cat link; echo spoiled > link');
    expect(readFileSync(join(data, 'thalogos.db'), 'utf8')).toBe('of the server');
  });

  it('sees no process but its own, and no environment of the server', async () => {
    const said = await run(
      `cat /proc/${process.pid}/environ; ls /proc | grep -E "^[0-9]+$" | wc -l; cat /proc/*/environ`,
    );
    expect(Number(/^\d+$/m.exec(said)?.[0])).toBeLessThan(10);
    expect(said).not.toContain('VITEST');
    expect(said).not.toContain('secret');
  });

  it('gets no right back by asking for namespaces of its own', async () => {
    const said = await run(
      'id -u; unshare -Urm sh -c "mount -o remount,bind,rw / && touch /etc/x && echo wrote"; mount -o remount,rw /',
    );
    expect(said).not.toContain('wrote');
    expect(existsSync('/etc/x')).toBe(false);
    expect(said.startsWith('0\n')).toBe(false);
  });

  it('takes its daemons along when it ends, and when it is killed', async () => {
    const mark = 'test:run/daemons';
    const ended = await start(
      'setsid sleep 300 & setsid sh -c "setsid sleep 300 &" & sleep 0.2; echo ok',
      mark,
    );
    await text(ended.stdout);
    await ended.exited;
    expect(await listMarked(mark)).toEqual([]);
    const killed = await start('setsid sleep 300 & echo up; exec sleep 300', mark);
    await new Promise((resolve) => killed.stdout.once('data', resolve));
    await killed.stop({ signals: [], graceMs: 0 });
    await expect.poll(() => listMarked(mark), { timeout: 5000 }).toEqual([]);
  });

  it('is nobody’s root, and may reach the network of its vendor', async () => {
    const server = createServer((_, response) => response.end('reached')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const fetch = `fetch('http://127.0.0.1:${port}').then(r => r.text()).then(console.log, () => console.log('cut'))`;
    expect(await run(`${process.execPath} -e "${fetch}"`)).toBe('reached\n');
    const check = await sandbox.command('check')({
      ...{ command: process.execPath, args: ['-e', fetch], cwd: worktree },
      ...{ environment: { PATH: process.env['PATH'] ?? '', HOME: homedir() }, mark: 'test:check/net' },
    });
    expect(await text(check.stdout)).toBe('cut\n');
    server.close();
  });
});

describe.runIf(probe.contained)('a check behind bubblewrap', () => {
  it('uses the machine as the person knows it, without keys and without what is Thalogos’ own', async () => {
    const side = await makeTemporaryDirectory('thalogos-side-');
    const home = join(side.path, 'home');
    mkdirSync(join(home, '.ssh'), { recursive: true });
    writeFileSync(join(home, '.ssh', 'id'), 'key');
    const own = await chooseSandbox({ host: { ...host, HOME: home }, dataDirectory: data, wanted: 'auto' });
    const program = `echo seen > ${side.path}/seen; cat ${home}/.ssh/id; cat ${data}/thalogos.db; echo hooked >> ${data}/projects/p/hub.git/config; echo made > made`;
    const running = await own.command('check')({
      ...{ command: 'sh', args: ['-c', `exec 2>&1; ${program}`], cwd: worktree },
      ...{ environment: { PATH: process.env['PATH'] ?? '', HOME: home }, mark: 'test:check/1' },
    });
    const said = await text(running.stdout);
    await running.exited;
    expect(said).not.toContain('key');
    expect(said).not.toContain('of the server');
    expect(readFileSync(join(side.path, 'seen'), 'utf8')).toBe('seen\n');
    expect(readFileSync(join(worktree, 'made'), 'utf8')).toBe('made\n');
    expect(readFileSync(join(data, 'projects', 'p', 'hub.git', 'config'), 'utf8')).not.toContain('hooked');
    expect(readdirSync(worktree)).toContain('made');
    await side[Symbol.asyncDispose]();
  });
});
