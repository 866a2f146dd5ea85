import type { ThalogosEvent } from '@thalogos/contracts';

/** Finds a task's title; null for a task that there is not. */
type TitleOf = (task: string) => string | null;

/** What the Guide says of an event, in one sentence; null for one that needs no words. */
export function narrate(event: ThalogosEvent, titleOf: TitleOf): string | null {
  switch (event.type) {
    case 'task.finished':
      return event.data.result === null
        ? `${event.data.view.title}: its turn ended and nothing was changed.`
        : `${event.data.view.title} is ready for review: ${fileCount(event.data.files.changed)}.`;
    case 'task.failed':
      return `${event.data.view.title} failed: ${event.data.error.message}`;
    case 'task.handed-over':
      return `${event.data.view.title}: ${event.data.to} goes on in place of ${event.data.from}.`;
    case 'task.silent':
      // What is asked about it is told as the decision that it is.
      return event.data.silence.grade === 'asked'
        ? null
        : `${event.data.view.title}: nothing has been heard of ${event.data.view.agent} for a while.`;
    case 'account.limited':
    case 'budget.reached':
      return narrateLimit(event);
    case 'decision.opened':
      return `${event.data.decision.summary}`;
    case 'save.ended':
      return narrateSave(event.data.outcome, titleOf);
    default:
      return null;
  }
}

type LimitEvent = Extract<ThalogosEvent, { type: 'account.limited' | 'budget.reached' }>;
type Budget = Extract<ThalogosEvent, { type: 'budget.reached' }>['data']['budget'];

const BUDGETS: Readonly<Record<Budget, (limit: number) => string>> = {
  tokensPerMinute: (limit) => `${limit} tokens a minute`,
  requestsPerMinute: (limit) => `${limit} turns a minute`,
  costPerDay: (limit) => `$${limit} a day`,
};
const when = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

function narrateLimit({ type, data }: LimitEvent): string {
  const until = when.format(data.until);
  if (type === 'account.limited')
    return `${data.agents.join(', ')}: the vendor gives no more work until ${until} (${data.reason}). Tasks wait; another agent may have them.`;
  return `The budget of this project, ${BUDGETS[data.budget](data.limit)}, is used up. Tasks wait, at least until ${until}.`;
}

type Outcome = Extract<ThalogosEvent, { type: 'save.ended' }>['data']['outcome'];

function narrateSave(outcome: Outcome, titleOf: TitleOf): string {
  switch (outcome.kind) {
    case 'saved':
      return `Saved as ${outcome.checkpoint?.tag ?? 'a checkpoint'}.`;
    case 'nothing-to-save':
      return 'Nothing to save: everything that is approved is saved.';
    case 'conflicted':
      return `Not saved: ${outcome.conflicts.map(({ path }) => path).join(', ')} would conflict. main is unchanged; save without one of the two.`;
    case 'checks-failed':
      return narrateRed(outcome, titleOf);
    case 'refused':
      return `Not saved: ${outcome.refused?.why ?? 'refused'}`;
    case 'cancelled':
      return 'The Save was cancelled. main is unchanged.';
  }
}

function narrateRed({ failed, culprit, rest, redBefore }: Outcome, titleOf: TitleOf): string {
  const what = `Not saved: ${failed.join(', ')} failed on the merged tree`;
  if (redBefore !== undefined)
    return `${what}, and ${redBefore.join(', ')} was red on main before. main is unchanged.`;
  if (culprit === null) return `${what}. main is unchanged.`;
  const savable = rest?.savable.length ?? 0;
  const offer =
    savable === 0 ? '' : ` The other ${savable === 1 ? 'task' : `${savable} tasks`} can be saved without it.`;
  return `${what}: ${culprit.check} turned red with ${titleOf(culprit.task) ?? culprit.task}. main is unchanged.${offer}`;
}

function fileCount(count: number): string {
  return count === 1 ? '1 file changed' : `${count} files changed`;
}
