import type { SessionMarks, ThalogosEvent } from '@thalogos/contracts';
import { formatSequence } from '../../../lib/format.ts';
import { goalTitle } from '../../../ui/goal-title.ts';
import type { StateLook } from '../../../ui/task-look.ts';

/** One mark over the slider; `left` in percent of its length. */
export interface ScrubMark {
  readonly seq: number;
  readonly at: number;
  readonly left: number;
  readonly look: StateLook | 'goal';
  readonly word: string;
}

/** Marks nearer than this (percent) would lie on each other: the one that matters more stays. */
const NEAR = 1.2;
/** What matters more comes first. */
const RANK: readonly ScrubMark['look'][] = ['failed', 'conflict', 'waiting', 'saved', 'goal', 'ready'];

type Sign = Pick<ScrubMark, 'look' | 'word'>;
type Of<T extends ThalogosEvent['type']> = Extract<ThalogosEvent, { type: T }>;

function ofSave({ data: { outcome } }: Of<'save.ended'>): Sign | null {
  if (outcome.checkpoint !== null)
    return { look: 'saved', word: `Saved as ${formatSequence(outcome.checkpoint.tag)}` };
  if (outcome.kind === 'conflicted') return { look: 'conflict', word: 'Save: conflicts' };
  if (outcome.kind === 'checks-failed') return { look: 'failed', word: 'Save: checks failed' };
  return outcome.kind === 'refused' ? { look: 'failed', word: 'Save refused' } : null;
}

function signOf(event: ThalogosEvent): Sign | null {
  switch (event.type) {
    case 'goal.stated':
      return { look: 'goal', word: `Goal: ${goalTitle(event.data.goal.text)}` };
    case 'save.ended':
      return ofSave(event);
    case 'task.failed':
    case 'task.interrupted':
      return { look: 'failed', word: `Failed: ${event.data.view.title}` };
    case 'task.approved':
      return { look: 'ready', word: `Approved: ${event.data.view.title}` };
    case 'decision.opened':
      return { look: 'waiting', word: `Asked: ${event.data.decision.summary}` };
    case 'conflict.found':
      return { look: 'conflict', word: `Conflict in ${event.data.conflict.path}` };
    default:
      // Everything else passes without a mark.
      return null;
  }
}

/** The marks of a session where they stand on the slider: goals, Saves, failures, questions, conflicts, approvals. */
export function scrubMarks({ first, last, events }: SessionMarks): readonly ScrubMark[] {
  const span = Math.max(1, last - first);
  const all = events.flatMap((event) => {
    const sign = signOf(event);
    if (sign === null) return [];
    const left = Math.min(100, Math.max(0, ((event.seq - first) / span) * 100));
    return [{ seq: event.seq, at: event.at, left, ...sign }];
  });
  const kept: ScrubMark[] = [];
  for (const mark of all.toSorted((a, b) => RANK.indexOf(a.look) - RANK.indexOf(b.look)))
    if (kept.every((one) => Math.abs(one.left - mark.left) >= NEAR)) kept.push(mark);
  return kept.toSorted((a, b) => a.seq - b.seq);
}

/** The number in an address, kept within the session; null where it is none. */
export function readMoment(
  text: string | null,
  { first, last }: Pick<SessionMarks, 'first' | 'last'>,
): number | null {
  if (text === null || !/^\d{1,15}$/.test(text)) return null;
  return Math.min(last, Math.max(first, Number(text)));
}
