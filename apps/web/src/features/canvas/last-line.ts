import type { Task } from '@thalogos/contracts';
import { formatNoun } from '../../lib/format.ts';

function resultLine(task: Task): string {
  const { changed, added, removed } = task.files;
  return changed === 0
    ? 'answered, no file changed'
    : `+${added} −${removed} in ${formatNoun(changed, 'file')}`;
}

const whyOrLast = (task: Task) => task.reason ?? task.lastLine ?? resultLine(task);

const lines: Readonly<Record<Task['state'], (task: Task) => string>> = {
  planned: () => 'starts when the plan is accepted',
  queued: (task) => task.reason ?? 'a free agent takes it',
  blocked: (task) => task.reason ?? 'another task first',
  running: (task) => task.lastLine ?? 'starting',
  waiting: (task) => task.reason ?? 'asks you something',
  review: resultLine,
  approved: (task) => (task.approvedBy === null ? 'approved' : `approved by ${task.approvedBy}`),
  saved: resultLine,
  failed: (task) => task.error?.message ?? 'the run failed',
  rejected: whyOrLast,
  stopped: whyOrLast,
  interrupted: whyOrLast,
  cancelled: whyOrLast,
};

/** The one line under a task's title: what matters most in its state. */
export function lastLineOf(task: Task): string {
  return lines[task.state](task);
}
