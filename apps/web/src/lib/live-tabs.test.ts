import { expect, it } from 'vitest';
import type { StreamHands } from './event-stream.ts';
import { shareLive, type TabChannel, type TabPorts } from './live-tabs.ts';

const frameOf = (seq: number, type = 'budget.reached') => ({
  id: seq,
  data: JSON.stringify({
    ...{ seq, at: 0, project: null, session: null, task: null, by: 'orchestrator', type },
    data: { budget: 'costPerDay', limit: 1, used: 1, until: 0 },
  }),
});

/** One browser: tabs that hear each other, one lock, and a server that writes to whoever holds a stream. */
function makeBrowser({ canShare = true } = {}) {
  let now = 0;
  let newest = 0;
  let line: { lead: () => () => void; stop: (() => void) | null }[] = [];
  const ears = new Set<(message: unknown) => void>();
  const streams = new Set<StreamHands>();
  const seat = () => {
    const first = line[0];
    if (first !== undefined && first.stop === null) first.stop = first.lead();
  };
  const leave = (one: (typeof line)[number]) => {
    line = line.filter((other) => other !== one);
    one.stop?.();
    one.stop = null;
  };
  const elect: TabPorts['elect'] = (lead) => {
    const mine: (typeof line)[number] = { lead, stop: null };
    if (!canShare) {
      mine.stop = lead();
      return { steal: () => undefined, close: () => mine.stop?.() };
    }
    line.push(mine);
    queueMicrotask(seat);
    return {
      steal: () => {
        const old = line[0];
        if (old !== undefined) {
          leave(old);
          line = [mine, ...line.filter((one) => one !== mine), old];
        }
        seat();
      },
      close: () => {
        leave(mine);
        seat();
      },
    };
  };
  const open = (from: number) => {
    const told: string[] = [];
    let isDeaf = false;
    let hear: (message: unknown) => void = () => undefined;
    const ear = (message: unknown) => {
      if (!isDeaf) hear(structuredClone(message));
    };
    ears.add(ear);
    const channel: TabChannel = {
      post: (message) => {
        for (const one of ears) if (one !== ear) one(message);
      },
      listen: (listener) => {
        hear = listener;
      },
      close: () => void ears.delete(ear),
    };
    const link = shareLive(
      from,
      {
        apply: ({ seq }) => told.push(`event ${seq}`),
        resync: () => told.push('resync'),
        seen: () => undefined,
        caughtUp: (count) => told.push(`caught up on ${count}`),
        link: (state) => told.at(-1) !== state && told.push(state),
      },
      {
        ...{ elect, channel: canShare ? channel : null },
        stream: (hands) => {
          streams.add(hands);
          return { wake: () => undefined, close: () => void streams.delete(hands) };
        },
        newest: () => Promise.resolve(newest),
        ...{ isOnline: () => true, isVisible: () => true, now: () => now },
      },
    );
    return {
      ...{ told, link },
      events: () => told.filter((word) => word.startsWith('event ')).map((word) => Number(word.slice(6))),
      deafen: (deaf: boolean) => {
        isDeaf = deaf;
      },
    };
  };
  return {
    open,
    streams,
    say: (word: unknown) => {
      for (const ear of ears) ear(word);
    },
    pass: (ms: number) => {
      now += ms;
    },
    reset: (to: number) => {
      newest = to;
    },
    connect: () => {
      for (const hands of streams) hands.opened(newest);
    },
    lose: () => {
      for (const hands of streams) hands.lost();
    },
    /** The server records so many events more, and sends them to whoever listens. */
    record: (count: number, type?: string) => {
      for (let each = 0; each < count; each += 1) {
        newest += 1;
        for (const hands of streams) {
          for (let seq = hands.seen() + 1; seq <= newest; seq += 1) hands.frame(frameOf(seq, type));
        }
      }
    },
    recordUnheard: (count: number) => {
      newest += count;
    },
  };
}

const turn = () => new Promise<void>((done) => setImmediate(done));

it('holds one stream for eight tabs, and each of them hears every event once and in order', async () => {
  const browser = makeBrowser();
  const tabs = Array.from({ length: 8 }, () => browser.open(0));
  await turn();
  browser.connect();
  browser.record(50);
  expect(browser.streams.size).toBe(1);
  const all = Array.from({ length: 50 }, (_, index) => index + 1);
  expect(tabs.map((tab) => tab.events())).toEqual(tabs.map(() => all));
});

it('goes on in another tab after the last event when the leader closes', async () => {
  const browser = makeBrowser();
  const [first, second, third] = [browser.open(0), browser.open(0), browser.open(0)];
  await turn();
  browser.connect();
  browser.record(3);
  first.link.close();
  browser.recordUnheard(2);
  browser.record(1);
  expect([browser.streams.size, second.events(), third.events()]).toEqual([
    1,
    [1, 2, 3, 4, 5, 6],
    [1, 2, 3, 4, 5, 6],
  ]);
});

it('gives a tab what it slept through, in order', async () => {
  const browser = makeBrowser();
  browser.open(0);
  const sleeper = browser.open(0);
  await turn();
  browser.connect();
  sleeper.deafen(true);
  browser.record(4);
  sleeper.deafen(false);
  browser.record(1);
  expect(sleeper.events()).toEqual([1, 2, 3, 4, 5]);
});

it('gives a tab that has just been opened what came while it asked for its state', async () => {
  const browser = makeBrowser();
  browser.open(0);
  await turn();
  browser.connect();
  browser.record(5);
  expect(browser.open(3).events()).toEqual([4, 5]);
});

it('asks for everything again where the leader does not know any more what a tab has missed', async () => {
  const browser = makeBrowser();
  browser.open(0);
  await turn();
  browser.connect();
  browser.record(700);
  const late = browser.open(10);
  browser.record(1);
  expect([late.told.includes('resync'), late.events()]).toEqual([true, [701]]);
});

it('tells every tab how much was missed, and counts right', async () => {
  const browser = makeBrowser();
  const tabs = [browser.open(0), browser.open(0)];
  await turn();
  browser.connect();
  browser.record(2);
  browser.lose();
  browser.recordUnheard(37);
  browser.connect();
  browser.record(1);
  for (const tab of tabs)
    expect(tab.told.filter((word) => !word.startsWith('event'))).toEqual([
      ...['live', 'reconnecting', 'live', 'caught up on 37'],
    ]);
});

it('asks for everything again after a gap, after an event it does not know, and where the log is younger', async () => {
  const browser = makeBrowser();
  const tabs = [browser.open(0), browser.open(0)];
  await turn();
  browser.connect();
  const [hands] = [...browser.streams];
  hands?.frame(frameOf(3));
  expect(tabs.map(({ told }) => told)).toEqual(tabs.map(() => ['live', 'resync', 'event 3']));
  hands?.frame(frameOf(4, 'of.tomorrow'));
  hands?.frame(frameOf(5));
  expect(tabs.map(({ told }) => told.slice(3))).toEqual(tabs.map(() => ['resync', 'event 5']));
  browser.reset(2);
  await hands?.ahead();
  hands?.frame(frameOf(3));
  expect(tabs.map(({ told }) => told.slice(5))).toEqual(tabs.map(() => ['resync', 'event 3']));
});

it('takes the lead from a tab that has fallen silent, and only then', async () => {
  const browser = makeBrowser();
  const [first, second] = [browser.open(0), browser.open(0)];
  await turn();
  browser.connect();
  browser.record(1);
  const [old] = [...browser.streams];
  browser.pass(10_000);
  second.link.wake();
  expect([...browser.streams]).toEqual([old]);
  browser.pass(20_000);
  // The tab in front has heard from the other that all is well: nothing is taken.
  second.link.wake();
  expect([...browser.streams]).toEqual([old]);
  first.deafen(true);
  browser.pass(30_000);
  second.link.wake();
  expect(browser.streams.size).toBe(1);
  expect([...browser.streams]).not.toEqual([old]);
  browser.record(2);
  expect(second.events()).toEqual([1, 2, 3]);
});

it('gives each tab a stream of its own where tabs can not hear each other', async () => {
  const browser = makeBrowser({ canShare: false });
  const tabs = [browser.open(0), browser.open(0)];
  browser.connect();
  browser.record(3);
  expect([browser.streams.size, tabs.map((tab) => tab.events())]).toEqual([
    2,
    [
      [1, 2, 3],
      [1, 2, 3],
    ],
  ]);
});

it('takes no word from another tab that it can not read', async () => {
  const browser = makeBrowser();
  const [first, second] = [browser.open(0), browser.open(0)];
  await turn();
  for (const word of [null, 'hello', { kind: 'event', event: { seq: 1 } }, { kind: 'resync', seq: 'x' }])
    browser.say(word);
  browser.connect();
  browser.record(1);
  expect([first.told, second.told]).toEqual([
    ['live', 'event 1'],
    ['live', 'event 1'],
  ]);
});
