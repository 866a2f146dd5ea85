import type { TaskState } from '@thalogos/contracts';

/** The ten ways a task can look; each has its own colour and its own shape. */
export type StateLook =
  | 'queued'
  | 'blocked'
  | 'running'
  | 'waiting'
  | 'review'
  | 'ready'
  | 'saved'
  | 'failed'
  | 'cancelled'
  | 'conflict';

/** How each state of a task looks and what it is called. */
export const TASK_LOOKS: Readonly<Record<TaskState, { readonly look: StateLook; readonly word: string }>> = {
  planned: { look: 'queued', word: 'Planned' },
  queued: { look: 'queued', word: 'Queued' },
  blocked: { look: 'blocked', word: 'Blocked' },
  running: { look: 'running', word: 'Running' },
  waiting: { look: 'waiting', word: 'Waits for you' },
  stopped: { look: 'cancelled', word: 'Stopped' },
  interrupted: { look: 'failed', word: 'Interrupted' },
  failed: { look: 'failed', word: 'Failed' },
  review: { look: 'review', word: 'In review' },
  approved: { look: 'ready', word: 'Ready' },
  rejected: { look: 'failed', word: 'Changes asked' },
  saved: { look: 'saved', word: 'Saved' },
  cancelled: { look: 'cancelled', word: 'Cancelled' },
};

/** The word alone for each look, where no single task is meant. */
export const LOOK_WORDS: Readonly<Record<StateLook, string>> = {
  queued: 'queued',
  blocked: 'blocked',
  running: 'running',
  waiting: 'waits for you',
  review: 'in review',
  ready: 'ready',
  saved: 'saved',
  failed: 'failed',
  cancelled: 'cancelled',
  conflict: 'conflict',
};
