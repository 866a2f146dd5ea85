import { create } from 'zustand';
import { pastBlock, usePast } from './past-state.ts';
import type { Link } from './live-tabs.ts';

/** How loudly a lost link is shown: a short blink is nobody's business. */
export type Loss = 'none' | 'dot' | 'banner';

/** How fresh what the page shows is. */
export interface LiveState {
  readonly link: Link;
  /** When the link was lost, in ms since 1970, to be shown; null while it is live. */
  readonly lostAt: number | null;
  readonly loss: Loss;
  /** Round trip of a small call in ms, null before the first. */
  readonly latencyMs: number | null;
  /** The last event that the page has seen. */
  readonly seq: number;
  /** How many events were caught up on after the last return; null when that has been read. */
  readonly caughtUpOn: number | null;
  /** This tab holds the connection of the browser. */
  readonly leads: boolean;
  /** The server build that this page came from. */
  readonly pageBuild: string | null;
}

/** The state of the live link, for the status line, the banner and whoever writes. */
export const useLive = create<LiveState>()(() => ({
  link: 'connecting',
  lostAt: null,
  loss: 'none',
  latencyMs: null,
  seq: 0,
  caughtUpOn: null,
  leads: false,
  pageBuild: null,
}));

/** The link is shown as lost after this long (ms): a short blink is nobody's business. */
const DOT_AFTER_MS = 2_000;
/** And with a banner after this long (ms). */
const BANNER_AFTER_MS = 8_000;

/** How loudly a link is shown that has been gone for so many ms. */
function lossOf(link: Link, goneMs: number): Loss {
  if (goneMs >= BANNER_AFTER_MS || link === 'offline') return 'banner';
  return goneMs >= DOT_AFTER_MS ? 'dot' : 'none';
}

let timers: readonly ReturnType<typeof setTimeout>[] = [];

/** Takes note of how the link is. Timers count how long it is gone: the machine's clock may be set meanwhile. */
export function moveLink(link: Link): void {
  const before = useLive.getState();
  if (link === 'live' || link === 'connecting') {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
    useLive.setState({ link, lostAt: null, loss: 'none' });
    return;
  }
  const isNew = before.lostAt === null;
  useLive.setState({
    link,
    lostAt: before.lostAt ?? Date.now(),
    loss: link === 'offline' ? lossOf(link, 0) : before.loss,
  });
  if (!isNew) return;
  timers = [DOT_AFTER_MS, BANNER_AFTER_MS].map((after) =>
    setTimeout(() => useLive.setState((state) => ({ loss: lossOf(state.link, after) })), after),
  );
}

/** Why nothing can be written now, or null when it can. Give it to `disabledBecause`. */
export function useWriteBlock(): string | null {
  const link = useLive((state) => state.link);
  const past = usePast((state) => pastBlock(state.moment));
  if (link === 'offline') return 'Offline: writing is off until the connection is back.';
  if (link === 'reconnecting') return 'Reconnecting: writing is off until then.';
  return past;
}
