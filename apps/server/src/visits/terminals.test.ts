import { describe, expect, it } from 'vitest';
import { fallingBack } from './choose-shell.ts';
import { makeOpenFullShell } from './open-full-shell.ts';
import { makeOpenPlainShell } from './open-plain-shell.ts';
import { Terminals } from './terminals.ts';
import { makeTestViewer, MARA, openVisitWorld } from './test-visits.ts';

const SIZE = { columns: 80, rows: 24 };
const MEGABYTE = 1024 * 1024;

/** Opens a terminal and looks at it. */
async function openAndJoin(terminals: Terminals) {
  const { id } = await terminals.open({ task: 't-1', size: SIZE }, MARA);
  const watched = makeTestViewer();
  const joined = terminals.join(id, watched.viewer, null);
  if (joined === null) throw new Error('There is no terminal');
  joined.begin();
  return { id, joined, ...watched };
}

describe('a terminal in a worktree', () => {
  it('is a shell of the person there, with an environment that holds no secret of the server', async () => {
    await using world = await openVisitWorld();
    const terminals = new Terminals(world.deps);
    const { joined, untilSeen, seen } = await openAndJoin(terminals);
    joined.input('pwd; tty; env | grep -c -i key; echo "done:$TERM"\r');
    await untilSeen('done:xterm-256color');
    expect(seen()).toContain(world.path);
    expect(seen()).toContain('/dev/pts/');
    expect(seen()).toContain('\r\n0\r\n');
    await terminals.end();
  });

  it('knows its size, and learns a new one', async () => {
    await using world = await openVisitWorld();
    const terminals = new Terminals(world.deps);
    const { joined, untilSeen } = await openAndJoin(terminals);
    joined.input('stty size\r');
    await untilSeen('24 80');
    joined.resize({ columns: 132, rows: 50 });
    joined.input('stty size\r');
    await untilSeen('50 132');
    await terminals.end();
  });

  it('holds a flood back until it has been drawn, so that nothing of it piles up', async () => {
    await using world = await openVisitWorld();
    const terminals = new Terminals(world.deps);
    const { joined, bytes, untilSeen } = await openAndJoin(terminals);
    const before = process.memoryUsage().rss;
    joined.input('yes | head -c 6000000; echo flood-is-over\r');
    await expect.poll(bytes).toBeGreaterThan(256 * 1024);
    const held = bytes();
    await new Promise((resolve) => setImmediate(resolve));
    expect(bytes() - held).toBeLessThan(MEGABYTE);
    expect(held).toBeLessThan(MEGABYTE);
    const timer = setInterval(() => joined.drawn(MEGABYTE), 1);
    await untilSeen('\nflood-is-over');
    clearInterval(timer);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * MEGABYTE);
    await terminals.end();
  });

  it('goes on while nobody looks, and gives its newest output to whoever comes back', async () => {
    await using world = await openVisitWorld();
    const terminals = new Terminals(world.deps);
    const first = await openAndJoin(terminals);
    first.joined.input('echo one; name=kept\r');
    await first.untilSeen('one\r\n');
    const seen = first.bytes();
    first.joined.leave();
    first.joined.input('echo nobody-hears-this\r');
    const back = makeTestViewer();
    const joined = terminals.join(first.id, back.viewer, seen);
    joined?.begin();
    expect(joined?.from).toBe(seen);
    joined?.input('echo $name-again\r');
    await back.untilSeen('kept-again');
    expect(back.seen()).not.toContain('nobody-hears-this');
    const all = makeTestViewer();
    terminals.join(first.id, all.viewer, null)?.begin();
    expect(all.seen()).toContain('one\r\n');
    expect(back.parted).toEqual(['taken-over: it was opened in another window']);
    await terminals.end();
  });

  it('takes along what was started in it, however it was hidden, and is written down', async () => {
    await using world = await openVisitWorld();
    const terminals = new Terminals(world.deps);
    const { id, joined, untilSeen, parted } = await openAndJoin(terminals);
    joined.input('trap "" HUP; (setsid nohup sleep 300 >/dev/null 2>&1 &); echo hidden-$?\r');
    await untilSeen('hidden-0');
    await expect.poll(async () => (await world.alive()).length).toBe(2);
    await terminals.close(id, MARA);
    expect(await world.alive()).toEqual([]);
    expect(parted).toHaveLength(1);
    expect(terminals.ofTask('t-1')).toEqual([]);
    expect(world.audited()).toEqual([{ what: 'terminal.opened', why: '/bin/bash, not contained' }]);
    expect(world.events().map(({ type }) => type)).toEqual(['terminal.opened', 'terminal.closed']);
    expect(world.events()[1]?.data).toEqual({ terminal: id, why: 'Mara closed it' });
  });

  it('ends with its shell, and says how', async () => {
    await using world = await openVisitWorld();
    const terminals = new Terminals(world.deps);
    const { joined, untilParted, parted } = await openAndJoin(terminals);
    joined.input('exit 3\r');
    await untilParted();
    expect(parted).toEqual(['ended: the shell ended with code 3']);
    await expect.poll(() => terminals.ofTask('t-1')).toEqual([]);
  });

  it('ends when nobody has looked at it for a while', async () => {
    await using world = await openVisitWorld({ limits: { idleMs: 20 } });
    const terminals = new Terminals(world.deps);
    await terminals.open({ task: 't-1', size: SIZE }, MARA);
    await expect.poll(() => terminals.ofTask('t-1')).toEqual([]);
    expect(await world.alive()).toEqual([]);
  });

  it('is refused beyond the most, and where there is no worktree, with what to do', async () => {
    await using world = await openVisitWorld({ limits: { terminals: 1 } });
    const terminals = new Terminals(world.deps);
    await terminals.open({ task: 't-1', size: SIZE }, MARA);
    await expect(terminals.open({ task: 't-1', size: SIZE }, MARA)).rejects.toMatchObject({
      message: 'Could not open a terminal: 1 are open already, which is the most.',
    });
    await terminals.end();
    const bare = new Terminals({
      ...world.deps,
      find: () => ({ ...world.task, state: 'queued', worktree: null }),
    });
    await expect(bare.open({ task: 't-1', size: SIZE }, MARA)).rejects.toMatchObject({
      message: 'Could not open a terminal in “Write the menu”: it has no worktree.',
      hint: 'It gets one when its agent starts; try again in a moment.',
    });
  });

  it('is a plain shell, and says so, where the system gives no terminal', async () => {
    await using world = await openVisitWorld();
    const full = makeOpenFullShell(() => Promise.reject(new Error('no binary for this machine')));
    const openShell = fallingBack(full, makeOpenPlainShell(world.startProcess), world.deps.onFault);
    const terminals = new Terminals({ ...world.deps, openShell });
    const { joined, untilSeen } = await openAndJoin(terminals);
    expect(terminals.ofTask('t-1')[0]?.kind).toBe('plain');
    await untilSeen('This machine gives no terminal');
    joined.input('pwd; echo $((6*7))\r');
    await untilSeen(world.path);
    await untilSeen('\n42\r\n');
    expect(world.faults).toHaveLength(1);
    await terminals.end();
    expect(await world.alive()).toEqual([]);
  });
});
