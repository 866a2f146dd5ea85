import { create } from 'zustand';

/** How fresh what the page shows is. `since` in ms since 1970. */
export interface LiveState {
  readonly link: 'connecting' | 'live' | 'reconnecting' | 'offline';
  /** When the link was lost; null while it is live. */
  readonly lostAt: number | null;
  /** Round trip of a small call in ms, null before the first. */
  readonly latencyMs: number | null;
  /** The last event that the page has seen. */
  readonly seq: number;
  /** How many events were caught up on after the last return; null when that has been read. */
  readonly caughtUpOn: number | null;
  /** The server build that this page came from. */
  readonly pageBuild: string | null;
}

/** The state of the live link, for the status line, the banner and whoever writes. */
export const useLive = create<LiveState>()(() => ({
  link: 'connecting',
  lostAt: null,
  latencyMs: null,
  seq: 0,
  caughtUpOn: null,
  pageBuild: null,
}));

/** The link is shown as lost after this long (ms): a short blink is nobody's business. */
const DOT_AFTER_MS = 2_000;
/** And with a banner after this long (ms). */
const BANNER_AFTER_MS = 8_000;

/** How loudly a lost link is shown. Pure: `now` in ms. */
export function lossOf(state: Pick<LiveState, 'link' | 'lostAt'>, now: number): 'none' | 'dot' | 'banner' {
  if (state.lostAt === null) return 'none';
  const gone = now - state.lostAt;
  if (gone >= BANNER_AFTER_MS || state.link === 'offline') return 'banner';
  return gone >= DOT_AFTER_MS ? 'dot' : 'none';
}

/** Why nothing can be written now, or null when it can. Give it to `disabledBecause`. */
export function useWriteBlock(): string | null {
  const link = useLive((state) => state.link);
  if (link === 'offline') return 'Offline: writing is off until the connection is back.';
  if (link === 'reconnecting') return 'Reconnecting: writing is off until then.';
  return null;
}
