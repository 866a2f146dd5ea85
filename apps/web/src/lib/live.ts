import type { ThalogosEvent } from '@thalogos/contracts';
import { holdStream } from './event-stream.ts';
import { tellListeners } from './live-listeners.ts';
import { moveLink, useLive } from './live-state.ts';
import { type Election, shareLive, type TabChannel, type TabMessage } from './live-tabs.ts';

/** What the link does with what it hears. */
export interface LiveHands {
  /** Keeps the query cache in step. */
  apply(event: ThalogosEvent): void;
  /** Everything may be old: ask for all of it again. */
  resync(): void;
  /** The number of the newest event, asked of the server. */
  newest(): Promise<number>;
}

const NAME = 'thalogos.live';
const LOOK_EVERY_MS = 5_000;

/** Tabs hear each other and elect a leader; on an address without TLS that is not this machine a browser offers neither. */
function canShare(): boolean {
  return 'BroadcastChannel' in globalThis && 'locks' in navigator;
}

function openChannel(): TabChannel {
  const channel = new BroadcastChannel(NAME);
  return {
    post: (message: TabMessage) => channel.postMessage(message),
    listen: (hear) => {
      channel.onmessage = ({ data }) => hear(data);
    },
    close: () => channel.close(),
  };
}

/** Whoever holds the lock leads; the others stand in line for it. */
function electByLock(lead: () => () => void): Election {
  let isClosed = false;
  let queued = new AbortController();
  let release: () => void = () => undefined;
  const hold = () =>
    new Promise<void>((resolve) => {
      const stop = lead();
      release = () => {
        stop();
        resolve();
      };
      if (isClosed) release();
    });
  const ask = (options: LockOptions) => {
    navigator.locks.request(NAME, options, hold).catch(() => {
      // Stolen by a tab that is shown, or given up: the connection ends, and this tab stands in line again.
      release();
      if (!isClosed && !queued.signal.aborted) wait();
    });
  };
  const wait = () => {
    queued = new AbortController();
    ask({ signal: queued.signal });
  };
  wait();
  return {
    steal: () => {
      queued.abort();
      queued = new AbortController();
      ask({ steal: true });
    },
    close: () => {
      isClosed = true;
      queued.abort();
      release();
    },
  };
}

/** Notes that this tab leads, until `stop` ends it. */
function tellLead(stop: () => void): () => void {
  useLive.setState({ leads: true });
  return () => {
    useLive.setState({ leads: false });
    stop();
  };
}

function leadAlone(lead: () => () => void): Election {
  const close = lead();
  return { steal: () => undefined, close };
}

/** Looks whether all is well whenever the page or the network comes back, and now and then: timers sleep with the machine. */
function lookAgain(look: () => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const onShown = () => document.visibilityState === 'visible' && look();
  document.addEventListener('visibilitychange', onShown, { signal });
  document.addEventListener('resume', look, { signal });
  window.addEventListener('pageshow', look, { signal });
  window.addEventListener('online', look, { signal });
  const timer = setInterval(look, LOOK_EVERY_MS);
  return () => {
    stop.abort();
    clearInterval(timer);
  };
}

/**
 * Starts this tab's part in the one live link of this browser.
 * `from` is the number of the newest event when the page began to ask. Returns how to stop.
 */
export function startLive(from: number, hands: LiveHands): () => void {
  useLive.setState({ seq: from });
  const isShared = canShare();
  const link = shareLive(
    from,
    {
      apply: (event) => {
        hands.apply(event);
        tellListeners(event);
      },
      resync: () => hands.resync(),
      seen: (seq) => useLive.setState({ seq }),
      caughtUp: (count) => useLive.setState({ caughtUpOn: count }),
      link: moveLink,
    },
    {
      channel: isShared ? openChannel() : null,
      elect: (lead) => (isShared ? electByLock : leadAlone)(() => tellLead(lead())),
      stream: holdStream,
      newest: () => hands.newest(),
      isOnline: () => navigator.onLine,
      isVisible: () => document.visibilityState === 'visible',
      now: () => performance.now(),
    },
  );
  const stopLooking = lookAgain(() => link.wake());
  return () => {
    stopLooking();
    link.close();
  };
}
