import type { Delivery, SaveOutcome, Task } from '@thalogos/contracts';
import { formatNoun, formatOid, formatSequence } from '../../lib/format.ts';
import type { OrbState } from '../../ui/orb.tsx';

/** What can be pressed below an outcome. */
export type OutcomeAction =
  | { readonly kind: 'save-rest'; readonly label: string; readonly only: readonly string[] }
  | { readonly kind: 'resolve'; readonly label: string; readonly conflict: string }
  | { readonly kind: 'deliver'; readonly label: string }
  | { readonly kind: 'open-task'; readonly label: string; readonly task: string }
  | { readonly kind: 'review-task'; readonly label: string; readonly task: string }
  | { readonly kind: 'open-checkpoint'; readonly label: string; readonly tag: string };

/** An outcome as a title, one sentence and the buttons, the first of which is the next step. */
export interface OutcomeView {
  readonly orb: OrbState;
  readonly title: string;
  readonly sentence: string;
  readonly actions: readonly OutcomeAction[];
}

/** What became of the person's own checkout, in a sentence. */
function deliverySentence(delivery: Delivery | null): string {
  switch (delivery?.state) {
    case undefined:
    case 'none':
      return 'It lands in your repository next.';
    case 'updated':
      return 'Your checkout is up to date.';
    case 'waiting':
      return `Your checkout waits: ${delivery.reason || `${delivery.files.join(', ')} ${delivery.files.length === 1 ? 'has' : 'have'} edits`}.`.replace(
        /\.\.$/,
        '.',
      );
    case 'diverged':
      return 'Your branch has commits of its own; the next Save merges them in.';
  }
}

function restActions(outcome: SaveOutcome): OutcomeAction[] {
  const only = outcome.rest?.savable ?? [];
  return only.length === 0
    ? []
    : [
        {
          kind: 'save-rest',
          label: only.length === 1 ? 'Save the other task' : `Save the other ${only.length}`,
          only,
        },
      ];
}

function unmoved(outcome: SaveOutcome): string {
  return outcome.base === null
    ? 'Main did not move, nothing is lost.'
    : `Main is still ${formatOid(outcome.base)}, nothing is lost.`;
}

function savedView(outcome: SaveOutcome): OutcomeView {
  const tag = outcome.checkpoint?.tag ?? null;
  const actions: OutcomeAction[] = [];
  if (outcome.delivery?.state === 'waiting') actions.push({ kind: 'deliver', label: 'Try again' });
  if (tag !== null) actions.push({ kind: 'open-checkpoint', label: 'Open in the timeline', tag });
  return {
    orb: 'ready',
    title: tag === null ? 'Saved' : `Saved as ${formatSequence(tag)}`,
    sentence: deliverySentence(outcome.delivery),
    actions,
  };
}

function conflictedView(outcome: SaveOutcome): OutcomeView {
  const first = outcome.conflicts[0];
  const where =
    first === undefined
      ? 'Two tasks collide'
      : `${first.ours.title} and ${first.theirs.title} both change ${first.path}`;
  const more = outcome.conflicts.length > 1 ? ` and ${outcome.conflicts.length - 1} more` : '';
  const actions: OutcomeAction[] =
    first === undefined
      ? []
      : [{ kind: 'resolve', label: more === '' ? 'Resolve it' : 'Resolve them', conflict: first.id }];
  actions.push(...restActions(outcome));
  return {
    orb: 'blocked',
    title: `Not saved: ${formatNoun(outcome.conflicts.length, 'conflict')}`,
    sentence: `${where}${more}. ${unmoved(outcome)}`,
    actions,
  };
}

function redTitle({ culprit, failed }: SaveOutcome, titles: (task: string) => string): string {
  if (culprit === null) return `Not saved: ${failed.join(', ') || 'a check'} failed`;
  return `Not saved: ${culprit.check} ${culprit.check.endsWith('s') ? 'fail' : 'fails'} with ${titles(culprit.task)}`;
}

function restSentence(outcome: SaveOutcome): string {
  const rest = outcome.rest?.savable.length ?? 0;
  if (rest === 0) return '';
  return ` The other ${rest === 1 ? 'task' : formatNoun(rest, 'task')} can be saved without it.`;
}

function redView(outcome: SaveOutcome, titles: (task: string) => string): OutcomeView {
  const { culprit } = outcome;
  const actions = restActions(outcome);
  if (culprit !== null) {
    actions.push({ kind: 'review-task', label: 'Send it back', task: culprit.task });
    actions.push({ kind: 'open-task', label: 'Open task', task: culprit.task });
  }
  const before = outcome.redBefore === undefined ? '' : ' It was red on main before any of this work.';
  const sentence = `${unmoved(outcome)}${before}${restSentence(outcome)}`;
  return { orb: 'blocked', title: redTitle(outcome, titles), sentence, actions };
}

/** One title, one sentence and the next button for every way a Save can end. */
export function outcomeView(outcome: SaveOutcome, tasks: readonly Task[]): OutcomeView {
  const titles = (id: string) => tasks.find((task) => task.id === id)?.title ?? id;
  switch (outcome.kind) {
    case 'saved':
      return savedView(outcome);
    case 'nothing-to-save':
      return {
        orb: 'offline',
        title: 'Nothing to save',
        sentence: 'Everything that was approved is saved already.',
        actions: [],
      };
    case 'refused':
      return {
        orb: 'blocked',
        title: 'Not saved',
        sentence: `${outcome.refused?.why ?? 'The Save was refused.'} ${outcome.refused?.fix ?? ''}`.trim(),
        actions: restActions(outcome),
      };
    case 'conflicted':
      return conflictedView(outcome);
    case 'checks-failed':
      return redView(outcome, titles);
    case 'cancelled':
      return { orb: 'offline', title: 'Cancelled', sentence: unmoved(outcome), actions: [] };
  }
}
