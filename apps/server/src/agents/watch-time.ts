import type { Clock } from '../platform/clock.ts';
import type { AgentEvent } from './agent-adapter.ts';
import { startCountdown } from './countdown.ts';
import { startLadder } from './silence-ladder.ts';

/** Holds a run to its limits of time; a run that waits for a person has all the time in the world. */
export interface TimeWatch {
  /** To be told every event, before anything is put together or dropped. */
  saw(event: AgentEvent): void;
  /** A sign of life that is no event: its processes work, or files change. */
  lived(): void;
  /** A person answered. */
  settled(requestId: string): void;
  /** Whether a person is waited for. */
  isHeld(): boolean;
  stop(): void;
}

/** How far a silence has gone, before it ends the run. */
export type SilenceGrade = 'noticed' | 'asked';

/** Limits in milliseconds: `deadlineMs` in all, the others without a sign of life. */
export interface TimeLimits {
  readonly deadlineMs: number;
  readonly idleMs: number;
  readonly noticeMs?: number;
  readonly askMs?: number;
}

/** Who is told; `onExpired` at most once for each limit. */
export interface TimeListener {
  readonly onExpired: (limit: 'wall' | 'idle') => void;
  /** `since` is when it was last heard of, as far as time counts. */
  readonly onSilent?: (silence: { readonly grade: SilenceGrade; readonly since: number }) => void;
  readonly onHeard?: () => void;
}

/** Starts watching. */
export function watchTime(limits: TimeLimits, clock: Clock, listener: TimeListener): TimeWatch {
  const wall = startCountdown(clock, limits.deadlineMs, () => listener.onExpired('wall'));
  const silence = startLadder(clock, rungsOf(limits, clock, listener), () => listener.onHeard?.());
  const awaited = new Set<string>();

  function settled(requestId: string): void {
    if (!awaited.delete(requestId) || awaited.size > 0) return;
    wall.release();
    silence.release();
  }

  return {
    settled,
    saw(event) {
      silence.heard();
      if (event.type === 'settled') settled(event.requestId);
      if (event.type !== 'approval' && event.type !== 'question') return;
      awaited.add(event.requestId);
      wall.hold();
      silence.hold();
    },
    lived: () => silence.heard(),
    isHeld: () => awaited.size > 0,
    stop() {
      wall.cancel();
      silence.cancel();
    },
  };
}

function rungsOf({ idleMs, noticeMs, askMs }: TimeLimits, clock: Clock, listener: TimeListener) {
  const tell = (ms: number | undefined, grade: SilenceGrade, before: number) =>
    // What would come no sooner than what is worse has nothing to say.
    ms === undefined || ms >= before
      ? []
      : [{ ms, act: () => listener.onSilent?.({ grade, since: clock.now() - ms }) }];
  return [
    ...tell(noticeMs, 'noticed', Math.min(askMs ?? idleMs, idleMs)),
    ...tell(askMs, 'asked', idleMs),
    { ms: idleMs, act: () => listener.onExpired('idle') },
  ];
}
