import type { Clock } from '../platform/clock.ts';
import type { AgentEvent } from './agent-adapter.ts';
import { startCountdown } from './countdown.ts';

/** Holds a run to its limits of time; a run that waits for a person has all the time in the world. */
export interface TimeWatch {
  /** To be told every event, before anything is put together or dropped. */
  saw(event: AgentEvent): void;
  /** A person answered. */
  settled(requestId: string): void;
  stop(): void;
}

/** Limits in milliseconds: `deadlineMs` in all, `idleMs` without a sign of life. */
export interface TimeLimits {
  readonly deadlineMs: number;
  readonly idleMs: number;
}

/** Starts watching; `onExpired` is called at most once for each limit. */
export function watchTime(
  { deadlineMs, idleMs }: TimeLimits,
  clock: Clock,
  onExpired: (limit: 'wall' | 'idle') => void,
): TimeWatch {
  const wall = startCountdown(clock, deadlineMs, () => onExpired('wall'));
  const idle = startCountdown(clock, idleMs, () => onExpired('idle'));
  const awaited = new Set<string>();

  function settled(requestId: string): void {
    if (!awaited.delete(requestId) || awaited.size > 0) return;
    wall.release();
    idle.release();
  }

  return {
    settled,
    saw(event) {
      idle.reset();
      if (event.type === 'settled') settled(event.requestId);
      if (event.type !== 'approval' && event.type !== 'question') return;
      awaited.add(event.requestId);
      wall.hold();
      idle.hold();
    },
    stop() {
      wall.cancel();
      idle.cancel();
    },
  };
}
