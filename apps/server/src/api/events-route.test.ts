import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_HUB_LIMITS } from './event-hub.ts';
import { ask } from './test-request.ts';
import { startTestServer } from './test-server.ts';
import { type TestViewer, watch } from './test-viewer.ts';

let world: Awaited<ReturnType<typeof startTestServer>>;
const viewers: TestViewer[] = [];
beforeEach(async () => {
  world = await startTestServer();
});
afterEach(async () => {
  for (const viewer of viewers.splice(0)) viewer.close();
  await world.server.close();
});

function open(path = '/events', lastEventId?: number | string) {
  const viewer = watch({
    port: world.port,
    token: world.token,
    path,
    ...(lastEventId === undefined ? {} : { lastEventId }),
  });
  viewers.push(viewer);
  return viewer;
}
const isWatching = (count: number) => expect.poll(() => world.server.activity().viewers).toBe(count);
const ids = (viewer: TestViewer) => viewer.frames.map(({ id }) => id);
const upTo = (last: number, first = 1) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('the stream of events', () => {
  it('carries number, type and the event itself', async () => {
    const viewer = open();
    await isWatching(1);
    world.log.append(1, { project: 'p-1', text: 'line\nbreak' });
    await expect.poll(() => viewer.frames.length).toBe(1);
    expect(viewer.frames).toEqual([
      {
        id: 1,
        event: 'task.queued',
        data: { seq: 1, type: 'task.queued', project: 'p-1', session: null, task: null, text: 'line\nbreak' },
      },
    ]);
    expect(viewer.head()).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    expect(viewer.head()).toContain('content-type: text/event-stream');
    expect(viewer.head()).toContain('x-thalogos-event: 0');
  });

  it('begins now without a cursor, after the cursor with one, and prefers how far the reader came', async () => {
    world.log.append(10);
    const [now, query, header] = [open(), open('/events?after=7'), open('/events?after=2', 8)];
    await isWatching(3);
    world.log.append(1);
    await expect.poll(() => [ids(now), ids(query), ids(header)]).toEqual([[11], [8, 9, 10, 11], [9, 10, 11]]);
  });

  it('misses nothing and repeats nothing when readers come back in the middle of bursts', async () => {
    const total = 6000;
    const seen: number[][] = [[], [], [], []];
    const follow = async (mine: number[]) => {
      while (mine.length < total) {
        const viewer = open(`/events?after=0`, mine.at(-1) ?? 0);
        const goal = Math.min(total, mine.length + 700);
        // A burst may be more than the server holds for one reader: then it ends the stream, and the reader comes back.
        let hasEnded = false;
        void viewer.ended.then(() => (hasEnded = true));
        await expect
          .poll(() => hasEnded || mine.length + viewer.frames.length >= goal, {
            interval: 1,
            timeout: 10_000,
          })
          .toBe(true);
        viewer.close();
        mine.push(...ids(viewer));
      }
    };
    const write = async () => {
      for (let n = 0; n < total; n += 75) {
        world.log.append(n % 150 === 0 ? 74 : 76);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await Promise.all([write(), ...seen.map(follow)]);
    for (const mine of seen) expect(mine).toEqual(upTo(total));
  });

  it('narrows to a project, a session or a task, in the replay and live', async () => {
    const about = [
      { project: 'p-1', session: 's-1', task: 't-1' },
      { project: 'p-1', session: 's-2' },
      { project: 'p-2', session: 's-3' },
      {},
    ];
    for (const each of about) world.log.append(1, each);
    const streams = [
      open('/events?after=0&project=p-1'),
      open('/events?after=0&session=s-2'),
      open('/events?after=0&task=t-1'),
      open('/events?after=0&project=p-1&session=s-3'),
    ];
    await isWatching(4);
    for (const each of about) world.log.append(1, each);
    const everything = open('/events?after=0');
    await expect.poll(() => ids(everything)).toEqual(upTo(8));
    await expect.poll(() => streams.map(ids)).toEqual([[1, 2, 5, 6], [2, 6], [1, 5], []]);
  });

  it('reads and writes down each event once, however many watch', async () => {
    for (let i = 0; i < 20; i += 1) open();
    await isWatching(20);
    const before = world.log.reads();
    world.log.append(50);
    await expect.poll(() => viewers.map(ids), { timeout: 5000 }).toEqual(viewers.map(() => upTo(50)));
    expect(world.log.reads() - before).toBeLessThanOrEqual(2);
  });

  it.each([
    ['/events?after=x'],
    ['/events?after=-1'],
    ['/events?after=1.5'],
    ['/events?after=4'],
    ['/events?project=../etc'],
    ['/events?task='],
  ])('answers 400 to %s', async (path) => {
    world.log.append(3);
    expect(
      await ask({ port: world.port, path, headers: { authorization: `Bearer ${world.token}` } }),
    ).toMatchObject({ status: 400 });
  });

  it('answers 400 to a Last-Event-ID that is no number, or of another log', async () => {
    world.log.append(3);
    for (const cursor of ['abc', '99']) {
      expect(
        await ask({
          port: world.port,
          path: '/events',
          headers: { authorization: `Bearer ${world.token}`, 'last-event-id': cursor },
        }),
      ).toMatchObject({ status: 400 });
    }
  });

  it('drops a reader that does not read, keeps serving the others, and lets it resume', async () => {
    const [slow, quick] = [open(), open()];
    await isWatching(2);
    slow.socket.pause();
    const text = 'x'.repeat(50_000);
    let written = 0;
    await expect
      .poll(
        () => {
          world.log.append(1, { text });
          written += 1;
          return world.server.activity().viewers;
        },
        { timeout: 15_000, interval: 1 },
      )
      .toBe(1);
    slow.socket.resume();
    await slow.ended;
    await expect.poll(() => ids(quick), { timeout: 10_000 }).toEqual(upTo(written));
    const far = ids(slow).at(-1) ?? 0;
    expect(ids(slow)).toEqual(upTo(far));
    expect(far).toBeLessThan(written);
    const resumed = open('/events', far);
    await expect.poll(() => ids(resumed), { timeout: 10_000 }).toEqual(upTo(written, far + 1));
  });

  it('replays a long log no faster than it is read', async () => {
    const text = 'x'.repeat(20_000);
    world.log.append(3000, { text });
    const viewer = open('/events?after=0');
    viewer.socket.pause();
    await isWatching(1);
    const reads = world.log.reads();
    expect(reads).toBeLessThanOrEqual(3);
    viewer.socket.resume();
    await expect.poll(() => viewer.frames.length, { timeout: 10_000 }).toBe(3000);
    expect(ids(viewer)).toEqual(upTo(3000));
  });

  it('forgets a reader that has gone', async () => {
    open();
    await isWatching(1);
    viewers[0]?.close();
    await isWatching(0);
  });

  it('ends every stream when the server stops', async () => {
    const viewer = open();
    await isWatching(1);
    world.log.append(3);
    await expect.poll(() => viewer.frames.length).toBe(3);
    world.server.endStreams();
    await viewer.ended;
    expect(ids(viewer)).toEqual([1, 2, 3]);
  });

  it('shows that it lives, with the time, when nothing happens', async () => {
    const lively = await startTestServer({ hubLimits: { ...DEFAULT_HUB_LIMITS, heartbeat: 5 } });
    const viewer = watch(lively);
    await expect.poll(() => viewer.comments.length).toBeGreaterThan(1);
    viewer.close();
    await lively.server.close();
    expect(Math.abs(Number(viewer.comments[0]) - Date.now())).toBeLessThan(10_000);
  });
});
