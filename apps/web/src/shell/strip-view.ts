import type { Decision, Task, TimelineEntry } from '@thalogos/contracts';
import { formatClock, formatNoun, formatSequence } from '../lib/format.ts';
import type { StateLook } from '../ui/task-look.ts';

/** One mark of the strip; `left` in percent of its width. */
export interface StripMark {
  readonly id: string;
  readonly at: number;
  readonly left: number;
  readonly look: StateLook;
  readonly word: string;
  readonly tag: string | null;
  /** Where a mark without a tag leads. */
  readonly leads: '/inbox' | '/review' | '/timeline';
  /** The word is left out where the next one stands too near. */
  readonly hasRoom: boolean;
}

/** The strip: its span, its marks, and the times below. */
export interface StripView {
  readonly spanMs: number;
  readonly marks: readonly StripMark[];
  readonly ticks: readonly { readonly left: number; readonly word: string }[];
}

const MINUTE = 60_000;
const SPANS = [15, 60, 3 * 60, 12 * 60, 2 * 24 * 60, 14 * 24 * 60].map((minutes) => minutes * MINUTE);
const WANTED = 6;
const TICKS = 6;
const ROOM = 11;
/** Percent between two marks, so that each can be hit by a finger. */
const GAP = 3.5;

/** Of a task no more than the strip shows. */
export type StripTask = Pick<Task, 'state' | 'since'>;

type Fact = Pick<StripMark, 'id' | 'at' | 'look' | 'word' | 'tag' | 'leads'>;

function ofEntry(entry: TimelineEntry): Fact {
  const number = entry.tag === null ? '' : formatSequence(entry.tag);
  const own = { id: entry.save, at: entry.at, tag: entry.tag, leads: '/timeline' } as const;
  switch (entry.kind) {
    case 'save':
      return { ...own, look: 'saved', word: `${number} saved` };
    case 'restore':
      return { ...own, look: 'saved', word: `${number} restored` };
    case 'promotion':
      return { ...own, look: 'ready', word: `${number} on ${entry.branch ?? 'a branch'}`, tag: entry.save };
    case 'failed':
      return { ...own, look: 'failed', word: 'not saved' };
  }
}

function ofDecision(decision: Decision): Fact {
  const isOpen = decision.state === 'open';
  return {
    id: decision.id,
    at: decision.createdAt,
    look: isOpen ? 'waiting' : 'ready',
    word: isOpen ? 'waits for you' : `${decision.kind} settled`,
    tag: null,
    leads: '/inbox',
  };
}

/** Approvals and failures of one stretch of work are one mark, with how many there were. */
const GROUP_MS = 2 * MINUTE;
const grouped = [
  { state: 'approved', look: 'ready', leads: '/review', word: (count: number) => `Approved ${count}` },
  {
    state: 'failed',
    look: 'failed',
    leads: '/inbox',
    word: (count: number) => `${formatNoun(count, 'task')} failed`,
  },
] as const;

/** What tasks came to that no Save tells yet: approvals and failures, those near each other in time as one. */
function ofTasks(tasks: readonly StripTask[]): Fact[] {
  return grouped.flatMap(({ state, look, word, leads }) => {
    const times = tasks
      .flatMap((task) => (task.state === state ? [task.since] : []))
      .toSorted((a, b) => a - b);
    const groups: { from: number; at: number; count: number }[] = [];
    for (const at of times) {
      const last = groups.at(-1);
      if (last === undefined || at - last.at > GROUP_MS) groups.push({ from: at, at, count: 1 });
      else Object.assign(last, { at, count: last.count + 1 });
    }
    return groups.map(({ from, at, count }): Fact => {
      const id = `${state} ${from}`;
      return { id, at, look, word: word(count), tag: null, leads };
    });
  });
}

/** Pushes marks that lie on each other apart, the newest staying where it is; what has no place left falls off. */
function spread<M extends { readonly left: number }>(marks: readonly M[]): M[] {
  const placed: M[] = [];
  for (const mark of marks.toReversed()) {
    const next = placed[0];
    placed.unshift(next === undefined ? mark : { ...mark, left: Math.min(mark.left, next.left - GAP) });
  }
  return placed.filter(({ left }) => left >= 0);
}

/** What the strip is made of. */
export interface StripGiven {
  readonly entries: readonly TimelineEntry[];
  readonly decisions: readonly Decision[];
  readonly tasks: readonly StripTask[];
}

/** Saves, failures, approvals and decisions on one line of time that ends now. Pure: `now` in ms. */
export function stripView({ entries, decisions, tasks }: StripGiven, now: number): StripView {
  const facts = [...entries.map(ofEntry), ...decisions.map(ofDecision), ...ofTasks(tasks)].toSorted(
    (a, b) => a.at - b.at,
  );
  const first = facts.at(-WANTED)?.at ?? facts[0]?.at ?? now;
  const spanMs = SPANS.find((span) => now - first < span * 0.96) ?? SPANS.at(-1) ?? MINUTE;
  // What has just happened may be newer than the `now` that the page has drawn with.
  const left = (at: number) => Math.min(100, 100 - ((now - at) / spanMs) * 100);
  const shown = spread(
    facts.filter((fact) => now - fact.at <= spanMs).map((fact) => ({ ...fact, left: left(fact.at) })),
  );
  const marks = shown.map((mark, index) => ({
    ...mark,
    hasRoom: (shown[index + 1]?.left ?? 100) - mark.left > ROOM,
  }));
  const step = spanMs / TICKS;
  const ticks = Array.from({ length: TICKS - 1 }, (_, index) => now - step * (TICKS - 1 - index)).map(
    (at) => ({ left: left(at), word: formatClock(at) }),
  );
  return { spanMs, marks, ticks };
}
