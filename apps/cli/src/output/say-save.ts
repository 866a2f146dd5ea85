import type { Conflict, Delivery, SaveOutcome, Settled } from '@thalogos/contracts';
import { count } from './table.ts';

/** How a Save ended, in a few lines. */
export function sayOutcome(outcome: SaveOutcome): string {
  return [
    headline(outcome),
    ...outcome.conflicts.map(sayConflict),
    ...(outcome.settled ?? []).map(saySettled),
    ...checkLines(outcome),
    ...deliveryLines(outcome.delivery),
  ].join('\n');
}

/** One conflict in one line. */
export function sayConflict({ path, kind, ours, theirs }: Conflict): string {
  return `  ${path} (${kind}): “${ours.title}” and “${theirs.title}”`;
}

/** What collided and needed nobody any more. */
function saySettled({ path, policy }: Settled): string {
  return `  ${path}: settled (${policy})`;
}

function headline(outcome: SaveOutcome): string {
  switch (outcome.kind) {
    case 'saved':
      return saySaved(outcome);
    case 'nothing-to-save':
      return 'Nothing to save: no approved task.';
    case 'conflicted':
      return 'Nothing landed: tasks changed the same lines. Settle it: thalogos conflicts; or save without one of them: thalogos save --without ID';
    case 'checks-failed':
      return sayFailed(outcome);
    case 'refused':
      return `Refused: ${outcome.refused?.why ?? ''} ${outcome.refused?.fix ?? ''}`.trim();
    case 'cancelled':
      return 'Cancelled; nothing landed.';
  }
}

function saySaved({ checkpoint, tasks }: SaveOutcome): string {
  const where = checkpoint === null ? '' : `: ${checkpoint.tag} at ${checkpoint.commit.slice(0, 12)}`;
  return `Saved ${count(tasks.length, 'task')}${where}`;
}

function sayFailed({ failed, culprit, redBefore }: SaveOutcome): string {
  const since = culprit === null ? '' : `, since task ${culprit.task}`;
  const before = redBefore === undefined ? '' : ` ${redBefore.join(', ')} was red on main before.`;
  return `Nothing landed: ${failed.join(', ')} failed${since}.${before}`;
}

function checkLines({ checks, rest }: SaveOutcome): string[] {
  return [
    ...checks.map(({ name, state, seconds }) => `  ${name}: ${state} (${seconds.toFixed(1)} s)`),
    ...(rest === null || rest.savable.length === 0
      ? []
      : [`The rest can be saved: thalogos save --only ${rest.savable.join(' ')}`]),
  ];
}

function deliveryLines(delivery: Delivery | null): string[] {
  if (delivery === null || delivery.state === 'none') return [];
  const files = delivery.files.length === 0 ? '' : ` (${delivery.files.join(', ')})`;
  return [`Your checkout: ${delivery.state}${files}${delivery.reason === '' ? '' : `, ${delivery.reason}`}`];
}
