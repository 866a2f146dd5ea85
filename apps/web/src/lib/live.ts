import { ThalogosEvent } from '@thalogos/contracts';
import { z } from 'zod';
import { type LiveState, useLive } from './live-state.ts';

/** What tabs of one browser tell each other: only the leader holds the connection. */
const TabMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), event: ThalogosEvent }),
  z.object({ kind: z.literal('link'), link: z.enum(['connecting', 'live', 'reconnecting', 'offline']) }),
  z.object({ kind: z.literal('resync') }),
  z.object({ kind: z.literal('who') }),
]);
type TabMessage = z.infer<typeof TabMessage>;

/** Whoever wants to hear of events after the cache has. */
export type LiveListener = (event: ThalogosEvent) => void;

interface LiveHands {
  /** Keeps the query cache in step. */
  apply(event: ThalogosEvent): void;
  /** Everything may be old: ask for all of it again. */
  resync(): void;
}

const listeners = new Set<LiveListener>();
const RETRY_MS = [300, 1_000, 2_000, 4_000, 8_000] as const;
const EVENT_TYPES = ThalogosEvent.options.map((option) => option.shape.type.value);

/** Hears every event, each once and in order; returns how to stop. For panels that append instead of asking again. */
export function onLiveEvent(listener: LiveListener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function moveLink(link: LiveState['link'], now = Date.now()): void {
  useLive.setState((state) => ({
    link,
    lostAt: link === 'live' ? null : (state.lostAt ?? (link === 'connecting' ? null : now)),
  }));
}

function makeReceiver(hands: LiveHands) {
  let missed: number | null = null;
  return {
    /** From here on events are ones that were missed. */
    lose: () => {
      missed ??= 0;
    },
    settle: () => {
      if (missed !== null && missed > 0) useLive.setState({ caughtUpOn: missed });
      missed = null;
    },
    take: (event: ThalogosEvent) => {
      if (event.seq <= useLive.getState().seq) return;
      if (missed !== null) missed += 1;
      useLive.setState({ seq: event.seq });
      hands.apply(event);
      for (const listener of listeners) listener(event);
    },
  };
}

interface SourceHands {
  event(event: ThalogosEvent): void;
  link(link: LiveState['link']): void;
  resync(): void;
}

/** Holds one EventSource and opens it again from the last seen event whenever it is lost; returns how to close it. */
function holdSource(hands: SourceHands): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let failures = 0;

  const read = (message: MessageEvent<string>) => {
    const parsed = ThalogosEvent.safeParse(JSON.parse(message.data));
    // An event of a newer server that this page does not know yet: its effect is asked for instead.
    if (parsed.success) hands.event(parsed.data);
    else hands.resync();
  };
  const open = () => {
    source = new EventSource(`/events?after=${useLive.getState().seq}`);
    source.onopen = () => {
      failures = 0;
      hands.link('live');
    };
    for (const type of EVENT_TYPES) source.addEventListener(type, read);
    source.addEventListener('resync', () => hands.resync());
    source.onerror = () => {
      source?.close();
      hands.link(navigator.onLine ? 'reconnecting' : 'offline');
      timer = setTimeout(open, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
      failures += 1;
    };
  };
  open();
  return () => {
    source?.close();
    if (timer !== null) clearTimeout(timer);
  };
}

/**
 * Starts the one live link of this browser. Tabs elect a leader with a lock; the others hear through it
 * and one of them takes over, from the last event it saw, when the leader goes.
 * `from` is the number of the newest event when the page began to ask. Returns how to stop.
 */
export function startLive(from: number, hands: LiveHands): () => void {
  useLive.setState({ seq: from });
  const receiver = makeReceiver(hands);
  const channel = new BroadcastChannel('thalogos.live');
  const stop = new AbortController();
  const tell = (message: TabMessage) => channel.postMessage(message);
  const link = (next: LiveState['link']) => {
    if (next !== 'live' && useLive.getState().link === 'live') receiver.lose();
    // What was missed comes in right after the link is back; a moment later it can be counted.
    if (next === 'live') setTimeout(receiver.settle, 400);
    moveLink(next);
  };

  channel.onmessage = ({ data }) => {
    const message = TabMessage.safeParse(data);
    if (!message.success) return;
    if (message.data.kind === 'event') receiver.take(message.data.event);
    else if (message.data.kind === 'link') link(message.data.link);
    else if (message.data.kind === 'resync') hands.resync();
    else if (leads) tell({ kind: 'link', link: useLive.getState().link });
  };

  let leads = false;
  const lead = () =>
    new Promise<void>((resolve) => {
      leads = true;
      const close = holdSource({
        event: (event) => {
          receiver.take(event);
          tell({ kind: 'event', event });
        },
        link: (next) => {
          link(next);
          tell({ kind: 'link', link: next });
        },
        resync: () => {
          hands.resync();
          tell({ kind: 'resync' });
        },
      });
      stop.signal.addEventListener('abort', () => {
        close();
        resolve();
      });
    });
  void navigator.locks.request('thalogos.live', { signal: stop.signal }, lead).catch(() => undefined);
  tell({ kind: 'who' });
  return () => {
    stop.abort();
    channel.close();
  };
}
