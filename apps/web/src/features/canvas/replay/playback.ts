import { REPLAY_BLOCK, type ThalogosEvent } from '@thalogos/contracts';
import { countUpTo } from './graph-at.ts';

/** How many times faster than it happened. */
export const SPEEDS = [1, 4, 16] as const;
/** One of them. */
export type Speed = (typeof SPEEDS)[number];

/** The longest wait (ms) for the next event: nobody wants to watch a night go by. */
const LONGEST_MS = 1500;
/** Events that would come within this (ms) are shown at once. */
const FRAME_MS = 50;

type Timed = Pick<ThalogosEvent, 'seq' | 'at'>;

/** The number that the block of an event begins with. */
export function blockOf(seq: number): number {
  return Math.floor(seq / REPLAY_BLOCK) * REPLAY_BLOCK;
}

/** Where a replay goes next and after how long (ms); null where these events say no more. Pure: `now` is the time of the event it stands at. */
export function nextStop(
  events: readonly Timed[],
  from: { readonly seq: number; readonly now: number },
  speed: Speed,
): { readonly seq: number; readonly waitMs: number } | null {
  const rest = events.slice(countUpTo(events, from.seq));
  const [first] = rest;
  if (first === undefined) return null;
  const waitTo = (event: Timed, since: number) => Math.min(LONGEST_MS, Math.max(0, event.at - since) / speed);
  const waitMs = waitTo(first, from.now);
  let [stop, shown] = [first, 0];
  for (const event of rest.slice(1)) {
    shown += waitTo(event, stop.at);
    if (waitMs + shown > Math.max(FRAME_MS, waitMs)) break;
    stop = event;
  }
  return { seq: stop.seq, waitMs: Math.max(FRAME_MS, waitMs) };
}

/** The event after (or before) a number among these; null where they hold none. */
export function stepFrom(events: readonly Timed[], seq: number, by: 1 | -1): number | null {
  const upTo = countUpTo(events, seq);
  const at = by === 1 ? upTo : upTo - (events[upTo - 1]?.seq === seq ? 2 : 1);
  return events[at]?.seq ?? null;
}
