import type { DegradedMode, TaskId } from '@thalogos/contracts';

/** Whether tasks start as they come, or, while too many agents fail, one at a time as a probe. */
export type Mode =
  | { readonly kind: 'normal' }
  /** Nothing starts before `nextProbeAt`, then one task does. */
  | (Trouble & { readonly kind: 'holding'; readonly nextProbeAt: number })
  /** One task is tried; all others wait for what becomes of it. */
  | (Trouble & { readonly kind: 'probing'; readonly probe: TaskId });

interface Trouble {
  readonly since: number;
  readonly reason: string;
  readonly failedProbes: number;
}

/** The moves between the modes; every other fact leaves the mode as it is. */
export const MODE_MOVES: Readonly<Record<Mode['kind'], readonly Mode['kind'][]>> = {
  normal: ['holding'],
  holding: ['probing', 'normal'],
  probing: ['holding', 'normal'],
};

/** What changes the mode. */
export type ModeFact =
  | { readonly type: 'agents-failed'; readonly reason: string }
  | { readonly type: 'run-started'; readonly task: TaskId }
  /** `well`: its agent works; `badly`: it failed like the others; `neither` where it says nothing about agents. */
  | {
      readonly type: 'run-told';
      readonly task: TaskId;
      readonly how: 'well' | 'badly' | 'neither';
    }
  | { readonly type: 'left' };

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 300_000;

/** The mode after a fact. */
export function evolve(mode: Mode, fact: ModeFact, at: number): Mode {
  const next = after(mode, fact, at);
  return next !== null && MODE_MOVES[mode.kind].includes(next.kind) ? next : mode;
}

function after(mode: Mode, fact: ModeFact, at: number): Mode | null {
  switch (fact.type) {
    case 'agents-failed':
      // In the mode already: what fails now is a probe, or began before.
      return mode.kind === 'normal'
        ? { kind: 'holding', since: at, reason: fact.reason, failedProbes: 0, nextProbeAt: at }
        : null;
    case 'run-started':
      if (mode.kind !== 'holding') return null;
      return { ...troubleOf(mode), kind: 'probing', probe: fact.task };
    case 'run-told':
      return mode.kind === 'probing' && mode.probe === fact.task ? afterProbe(mode, fact.how, at) : null;
    case 'left':
      return mode.kind === 'normal' ? null : { kind: 'normal' };
  }
}

function afterProbe(mode: Trouble, how: 'well' | 'badly' | 'neither', at: number): Mode {
  if (how === 'well') return { kind: 'normal' };
  const trouble = troubleOf(mode);
  if (how === 'neither') return { ...trouble, kind: 'holding', nextProbeAt: at };
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** trouble.failedProbes);
  return { ...trouble, kind: 'holding', failedProbes: trouble.failedProbes + 1, nextProbeAt: at + pause };
}

function troubleOf({ since, reason, failedProbes }: Trouble): Trouble {
  return { since, reason, failedProbes };
}

/** The mode that an earlier server left: what was tried then says nothing, so one task may start at once. */
export function takeUp(kept: { readonly since: number; readonly reason: string } | null, at: number): Mode {
  return kept === null ? { kind: 'normal' } : { ...kept, kind: 'holding', failedProbes: 0, nextProbeAt: at };
}

/** What keeps a task from starting now; null where it may. */
export function holds(
  mode: Mode,
  at: number,
): { readonly why: string; readonly until: number | null } | null {
  switch (mode.kind) {
    case 'normal':
      return null;
    case 'holding':
      return at >= mode.nextProbeAt ? null : { why: `${WHY}; the next one soon`, until: mode.nextProbeAt };
    case 'probing':
      return { why: `${WHY}; one is at work now`, until: null };
  }
}

const WHY = 'too many agents failed at once, so one task is tried at a time';

/** The mode as a person sees it; null while it is none. */
export function modeView(mode: Mode): DegradedMode | null {
  switch (mode.kind) {
    case 'normal':
      return null;
    case 'holding': {
      const { since, reason, nextProbeAt } = mode;
      return { since, reason, nextProbeAt, probe: null };
    }
    case 'probing': {
      const { since, reason, probe } = mode;
      return { since, reason, probe, nextProbeAt: since };
    }
  }
}
