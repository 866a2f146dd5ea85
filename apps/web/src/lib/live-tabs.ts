import { ThalogosEvent } from '@thalogos/contracts';
import { z } from 'zod';
import type { EventFrame } from './event-frames.ts';
import type { HeldStream, StreamHands } from './event-stream.ts';
import { makeReceiver, type Receiver, type ReceiverHands } from './live-receiver.ts';

const Link = z.enum(['connecting', 'live', 'reconnecting', 'offline']);

/** How the browser is linked to the server. */
export type Link = z.infer<typeof Link>;

/** What tabs of one browser tell each other: only the leader holds the connection. */
const TabMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), event: ThalogosEvent }),
  /** Also the leader's sign of life: how the link is, how far it has come, and how far the log was when it opened. */
  z.object({ kind: z.literal('link'), link: Link, seq: z.int(), newest: z.int().nullable() }),
  /** Everything up to `seq` has to be asked for again. */
  z.object({ kind: z.literal('resync'), seq: z.int(), isReset: z.boolean() }),
  /** A follower asks for what came after, and how the link is. */
  z.object({ kind: z.literal('want'), after: z.int() }),
]);

/** One word between tabs. */
export type TabMessage = z.infer<typeof TabMessage>;

/** How tabs of one browser hear each other; nobody hears itself. */
export interface TabChannel {
  post(message: TabMessage): void;
  listen(hear: (message: unknown) => void): void;
  close(): void;
}

/** Who leads. `lead` is called when this tab does, and gives back how it stops. */
export interface Election {
  /** Takes the lead from a tab that has fallen silent. */
  steal(): void;
  close(): void;
}

/** What the browser gives. */
export interface TabPorts {
  /** null where tabs can't hear each other: each then holds a connection of its own. */
  readonly channel: TabChannel | null;
  elect(lead: () => () => void): Election;
  stream(hands: StreamHands): HeldStream;
  /** The number of the newest event, asked of the server. */
  newest(): Promise<number>;
  isOnline(): boolean;
  isVisible(): boolean;
  /** ms, never set back. */
  now(): number;
}

/** What a tab does with what it hears. */
export interface TabHands extends ReceiverHands {
  link(link: Link): void;
}

/** One tab's part in the link. */
export interface TabLink {
  /** Looks whether all is well: after a sleep, when the page is shown again, and now and then. */
  wake(): void;
  close(): void;
}

const KEPT = 500;
/** A leader says something at least every 15 s while it is linked, and every 8 s while it tries. */
const QUIET_MS = 25_000;
/** And no more often than this while it only passes events on. */
const SIGN_MS = 5_000;

interface Seat {
  readonly ports: TabPorts;
  readonly receiver: Receiver;
  readonly link: { state: Link; newest: number | null };
  moveLink(link: Link, newest: number | null): void;
}

function parseEvent({ data }: EventFrame): ThalogosEvent | null {
  const parsed = ThalogosEvent.safeParse(JSON.parse(data));
  return parsed.success ? parsed.data : null;
}

/** How the leader passes on what it takes in. */
function makeSpeaker({ ports, receiver, link }: Seat) {
  const kept: ThalogosEvent[] = [];
  const tell = (message: TabMessage) => ports.channel?.post(message);
  let toldAt = 0;
  const tellLink = () => {
    toldAt = ports.now();
    tell({ kind: 'link', link: link.state, seq: receiver.seq(), newest: link.newest });
  };
  const jump = (seq: number, isReset: boolean) => {
    kept.length = 0;
    receiver.jump(seq, isReset);
    tell({ kind: 'resync', seq, isReset });
  };
  const pass = (event: ThalogosEvent) => {
    kept.push(event);
    if (kept.length > KEPT) kept.shift();
    tell({ kind: 'event', event });
  };
  const give = (after: number) => {
    const missing = kept.filter(({ seq }) => seq > after);
    if (after < receiver.seq() && missing[0]?.seq !== after + 1)
      tell({ kind: 'resync', seq: receiver.seq(), isReset: false });
    else for (const event of missing) tell({ kind: 'event', event });
    tellLink();
  };
  const isDue = () => ports.now() - toldAt > SIGN_MS;
  return { tellLink, jump, pass, give, isDue };
}

/** What the leader does with its stream: takes events in and passes them on. */
function makeLeader({ ports, receiver, moveLink, ...rest }: Seat) {
  const { tellLink, jump, pass, give, isDue } = makeSpeaker({ ports, receiver, moveLink, ...rest });
  const frame = (one: EventFrame) => {
    if (one.id <= receiver.seq()) return;
    const event = parseEvent(one);
    // An event of a newer server that this page does not know yet: its effect is asked for instead.
    if (event === null) return jump(one.id, false);
    if (receiver.take(event) === 'gap') {
      jump(event.seq - 1, false);
      receiver.take(event);
    }
    pass(event);
  };
  const hands: StreamHands = {
    seen: receiver.seq,
    frame,
    heard: () => {
      if (isDue()) tellLink();
    },
    opened: (newest) => {
      moveLink('live', newest);
      tellLink();
    },
    lost: () => {
      moveLink(ports.isOnline() ? 'reconnecting' : 'offline', null);
      tellLink();
    },
    ahead: async () => {
      const newest = await ports.newest().catch(() => null);
      if (newest !== null && newest < receiver.seq()) jump(newest, true);
    },
  };
  return { hands, give };
}

/** What a follower does with what the leader says. */
function makeFollower({ ports, receiver, moveLink }: Seat) {
  const want = () => ports.channel?.post({ kind: 'want', after: receiver.seq() });
  const hear = (message: Exclude<TabMessage, { kind: 'want' }>) => {
    switch (message.kind) {
      case 'event':
        if (receiver.take(message.event) === 'gap') want();
        return;
      case 'resync':
        return receiver.jump(message.seq, message.isReset);
      case 'link':
        moveLink(message.link, message.newest);
        if (message.seq > receiver.seq()) want();
        return;
    }
  };
  return { hear, want };
}

/**
 * One tab's part in the one connection of this browser. Tabs elect a leader; the others hear through it, ask it
 * for what they have missed, and one of them takes over after the last event that it saw when the leader goes.
 */
export function shareLive(from: number, hands: TabHands, ports: TabPorts): TabLink {
  const receiver = makeReceiver(from, hands);
  const link: Seat['link'] = { state: 'connecting', newest: null };
  const moveLink = (next: Link, newest: number | null) => {
    if (next !== 'live' && link.state === 'live') receiver.lose();
    if (next === 'live') receiver.back(newest);
    link.state = next;
    link.newest = newest;
    hands.link(next);
  };
  const seat: Seat = { ports, receiver, link, moveLink };
  const leader = makeLeader(seat);
  const follower = makeFollower(seat);
  let stream: HeldStream | null = null;
  let heardAt = ports.now();
  ports.channel?.listen((said) => {
    const { success, data } = TabMessage.safeParse(said);
    if (!success) return;
    if (data.kind === 'want') {
      if (stream !== null) leader.give(data.after);
      return;
    }
    heardAt = ports.now();
    if (stream === null) follower.hear(data);
  });
  const election = ports.elect(() => {
    const held = ports.stream(leader.hands);
    stream = held;
    return () => {
      held.close();
      stream = null;
      heardAt = ports.now();
    };
  });
  follower.want();
  return {
    wake: () => {
      if (stream !== null) stream.wake();
      else if (ports.isVisible() && ports.now() - heardAt > QUIET_MS) election.steal();
      else follower.want();
    },
    close: () => {
      election.close();
      ports.channel?.close();
    },
  };
}
