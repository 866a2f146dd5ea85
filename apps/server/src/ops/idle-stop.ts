import type { Clock } from '../platform/clock.ts';

/** What keeps a server in the background alive. */
export interface Life {
  /** When the last call came, in ms since 1970. */
  lastCallAt(): number;
  /** Whether somebody watches, or a task or a Save is under way. */
  isBusy(): boolean;
}

const LOOKS_PER_PERIOD = 30;

/** Calls `stop` once the server has had neither client nor work for `minutes`; the returned function gives up waiting. */
export function stopWhenIdle({
  minutes,
  life,
  clock,
  stop,
}: {
  minutes: number;
  life: Life;
  clock: Clock;
  stop: () => void;
}): () => void {
  const period = minutes * 60_000;
  let busyAt = clock.now();
  let cancel: () => void = () => undefined;
  const look = () => {
    if (life.isBusy()) busyAt = clock.now();
    if (clock.now() - Math.max(busyAt, life.lastCallAt()) >= period) stop();
    else cancel = clock.after(period / LOOKS_PER_PERIOD, look);
  };
  look();
  return () => cancel();
}
