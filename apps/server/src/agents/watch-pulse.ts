import type { Clock } from '../platform/clock.ts';
import type { MarkedTimes } from '../platform/marked-times.ts';

/** What can be seen of a run from outside. */
export interface Pulse {
  readonly times: MarkedTimes;
  /** Changes whenever a file of the worktree does. */
  readonly files: string;
}

/** What a watch of a run's pulse needs. */
export interface PulseWatch {
  readonly clock: Clock;
  readonly everyMs: number;
  readonly look: () => Promise<Pulse>;
  /** Whether the agent itself was heard of since the last look: then nobody has to look. */
  readonly wasHeard: () => boolean;
  readonly onLived: () => void;
  readonly onFault: (cause: unknown) => void;
}

/** Below this share of a processor nobody works: timers of a program that waits. */
const WORKING_SHARE = 0.02;
const WORKING_MS = 20;

/** Looks now and then whether a run that says nothing works all the same; gives what ends it. */
export function watchPulse({ clock, everyMs, look, ...watch }: PulseWatch): () => void {
  let before: { readonly pulse: Pulse; readonly at: number } | null = null;
  let isOver = false;
  let unset = clock.after(everyMs, step);

  function step(): void {
    void lookOnce()
      .catch(watch.onFault)
      .finally(() => {
        if (!isOver) unset = clock.after(everyMs, step);
      });
  }

  async function lookOnce(): Promise<void> {
    if (watch.wasHeard()) {
      before = null;
      return;
    }
    const pulse = await look();
    const at = clock.now();
    if (!isOver && before !== null && isAlive(before.pulse, pulse, at - before.at)) watch.onLived();
    before = { pulse, at };
  }

  return () => {
    isOver = true;
    unset();
  };
}

/** Whether something happened between two looks: a process came or went, computed, or changed a file. */
export function isAlive(before: Pulse, now: Pulse, betweenMs: number): boolean {
  if (before.files !== now.files || before.times.pids.join() !== now.times.pids.join()) return true;
  const computedMs = (now.times.cpuMs ?? 0) - (before.times.cpuMs ?? 0);
  return computedMs >= Math.max(WORKING_MS, betweenMs * WORKING_SHARE);
}
