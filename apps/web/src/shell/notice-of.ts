import type { SaveOutcome, ThalogosEvent } from '@thalogos/contracts';

/** What a person who looks elsewhere is told by the browser. */
export interface Notice {
  /** Names the thing: what is told twice of one thing is shown once. */
  readonly tag: string;
  readonly title: string;
  readonly body: string;
  /** Where a press leads. */
  readonly path: '/inbox' | '/save';
}

const OUTCOMES: Readonly<Record<SaveOutcome['kind'], string>> = {
  saved: 'Saved.',
  'nothing-to-save': 'There was nothing to save.',
  refused: 'The Save was refused. Nothing was changed.',
  conflicted: 'Not saved: two results collide. Nothing was changed.',
  'checks-failed': 'Not saved: a check failed. Nothing was changed.',
  cancelled: 'The Save was cancelled. Nothing was changed.',
};

/** What an event is worth telling: that something needs a person, or that a Save is over; null for all the rest. */
export function noticeOf(event: ThalogosEvent): Notice | null {
  if (event.type === 'decision.opened') {
    const { id, summary } = event.data.decision;
    return { tag: `decision:${id}`, title: 'Thalogos needs you', body: summary, path: '/inbox' };
  }
  if (event.type === 'save.ended') {
    const { save, outcome } = event.data;
    return { tag: `save:${save}`, title: 'Thalogos', body: OUTCOMES[outcome.kind], path: '/save' };
  }
  return null;
}
