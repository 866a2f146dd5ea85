import type { LiveHands } from './live.ts';
import { moveLink } from './live-state.ts';

const AGAIN_MS = 1_000;

/**
 * Loads the live link and starts it; it reads on from `from`, so nothing is missed meanwhile. Returns how to stop.
 *
 * What checks each event is heavy, and the first picture needs none of it.
 */
export function startLiveLater(from: number, hands: LiveHands): () => void {
  let isOver = false;
  let stop: () => void = () => undefined;
  const load = () =>
    void import('./live.ts').then(
      ({ startLive }) => {
        if (!isOver) stop = startLive(from, hands);
      },
      () => {
        // The server went away just now.
        moveLink('reconnecting');
        const timer = setTimeout(load, AGAIN_MS);
        stop = () => clearTimeout(timer);
      },
    );
  load();
  return () => {
    isOver = true;
    stop();
  };
}
