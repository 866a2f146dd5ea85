import type { Project, Task, TimelineEntry } from '@thalogos/contracts';

/** One line of the demonstration's checklist, as the server gives it; `type` is a text to send where one is needed. */
export interface Step {
  readonly id: string;
  readonly text: string;
  readonly type: string | null;
}

/** What the checklist is ticked off from; all of it is in the log, so a reload forgets nothing. */
export interface DemonstrationFacts {
  readonly tasks: readonly Task[];
  readonly entries: readonly TimelineEntry[];
  readonly projects: readonly Project[];
}

const hasResult = (task: Task | undefined) =>
  task !== undefined && ['review', 'approved', 'rejected', 'saved'].includes(task.state);
const isFailed = (entry: TimelineEntry) => entry.kind === 'failed';
const isRed = (entry: TimelineEntry) =>
  isFailed(entry) && entry.checks.some((check) => check.state === 'failed');
const landed = (entries: readonly TimelineEntry[], kind: TimelineEntry['kind']) =>
  entries.filter((entry) => entry.kind === kind && entry.tag !== null).length;

/** How each step is known to be done. Whatever comes later proves what came before it, because states move on. */
const done: Readonly<Record<string, (facts: DemonstrationFacts) => boolean>> = {
  start: ({ tasks }) => tasks.some((task) => task.state !== 'planned' && task.state !== 'cancelled'),
  answer: ({ tasks }) => hasResult(tasks.find((task) => task.key === 'children')),
  review: ({ tasks, entries }) =>
    entries.some(isFailed) ||
    tasks.filter((task) => task.state === 'approved' || task.state === 'saved').length >= 4,
  conflict: ({ entries }) => entries.some((entry) => isFailed(entry) && !isRed(entry)),
  partial: ({ entries }) => landed(entries, 'save') >= 1,
  red: ({ entries }) => entries.some(isRed),
  mend: ({ tasks }) => tasks.some((task) => task.key === 'ticket' && task.runs > 1 && hasResult(task)),
  save: ({ entries }) => landed(entries, 'save') >= 2,
  restore: ({ entries }) => landed(entries, 'restore') >= 1,
  undo: ({ entries }) => landed(entries, 'restore') >= 2,
  own: ({ projects }) => projects.some((project) => !project.isDemonstration),
};

/** Where a step is done. */
export const STEP_PLACES: Readonly<
  Record<string, '/' | '/inbox' | '/review' | '/save' | '/timeline' | '/welcome'>
> = {
  start: '/',
  answer: '/inbox',
  review: '/review',
  conflict: '/save',
  partial: '/save',
  red: '/save',
  mend: '/review',
  save: '/save',
  restore: '/timeline',
  undo: '/timeline',
  own: '/welcome',
};

/** The checklist with its ticks. */
export function tickSteps(
  steps: readonly Step[],
  facts: DemonstrationFacts,
): readonly (Step & { readonly isDone: boolean })[] {
  return steps.map((step) => ({ ...step, isDone: done[step.id]?.(facts) ?? false }));
}
