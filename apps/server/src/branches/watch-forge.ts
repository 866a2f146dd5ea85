import type { ForgeCheck, Oid } from '@thalogos/contracts';
import type { Clock } from '../platform/clock.ts';
import type { Recorder } from '../platform/recorder.ts';
import { type Forge, type ForgeAnswer, isSettled } from './forge.ts';
import type { ForgeStore } from './forge-store.ts';

/** Milliseconds between two questions, question by question; the last one repeats. */
const EVERY_MS = [5000, 5000, 10_000, 20_000, 40_000, 60_000];
/** How long a forge is asked about one commit. */
const LONGEST_MS = 2 * 3_600_000;

/** One commit that a forge works on. */
export interface Watched {
  readonly project: string;
  readonly branch: string;
  readonly session: string | null;
  readonly commit: Oid;
  /** Milliseconds after which it is asked no more. */
  readonly longest?: number;
}

/** What the watch works with. */
export interface WatchDeps {
  readonly forge: Forge;
  readonly store: ForgeStore;
  readonly clock: Clock;
  readonly recorder: Recorder;
}

/** Asks a forge about a commit until it has said its last word, time is up, or `signal` ends it; gives what it said last. */
export async function watchForge(
  { forge, store, clock, recorder }: WatchDeps,
  { project, branch, session, commit, longest = LONGEST_MS }: Watched,
  signal: AbortSignal,
): Promise<ForgeAnswer> {
  const end = clock.now() + longest;
  let settled = '';
  for (let asked = 0; ; asked += 1) {
    const answer = await forge.read(commit, signal);
    const before = settled;
    settled = namesOfSettled(answer);
    const wait = settled !== '' && settled === before ? null : waitAfter(answer, asked);
    const isOver = wait === null || clock.now() + wait > end;
    if (signal.aborted) return answer;
    note({ isOver, checks: answer.kind === 'checks' ? answer.checks : null });
    if (isOver) return answer;
    await pause(clock, wait, signal);
    if (signal.aborted) return answer;
  }

  function note({ checks, isOver }: { checks: readonly ForgeCheck[] | null; isOver: boolean }): void {
    const before = store.get(project, commit);
    const record = { checks: checks ?? before?.checks ?? [], isOver, at: clock.now() };
    recorder.transact(() => {
      store.put(project, commit, record);
      if (JSON.stringify(before?.checks ?? []) === JSON.stringify(record.checks)) return;
      const about = { project, session, task: null, by: 'orchestrator' };
      recorder.record({
        ...{ ...about, type: 'branch.checked' },
        data: { branch, commit, checks: [...record.checks] },
      });
    });
  }
}

/** Milliseconds until the next question; null where another one would tell nothing new. */
function waitAfter(answer: ForgeAnswer, asked: number): number | null {
  const usual = EVERY_MS[Math.min(asked, EVERY_MS.length - 1)] ?? 0;
  switch (answer.kind) {
    case 'refused':
      return null;
    case 'later':
      return Math.max(answer.ms ?? 0, usual);
    case 'checks':
      return usual;
  }
}

/** A later job of a workflow shows only when the ones before it have ended, so the last word is asked for twice. */
function namesOfSettled(answer: ForgeAnswer): string {
  if (answer.kind !== 'checks' || !isSettled(answer.checks)) return '';
  return answer.checks.map(({ name, state }) => `${name} ${state}`).join('\n');
}

function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const go = () => {
      cancel();
      signal.removeEventListener('abort', go);
      resolve();
    };
    const cancel = clock.after(ms, go);
    signal.addEventListener('abort', go);
  });
}
