import { Link } from '@tanstack/react-router';
import { conflictsOf, useConflicts } from '../../lib/use-conflicts.ts';
import { StateIcon } from '../../ui/state-icon.tsx';

/** Where a task's result collides with another one's, and the way to settle it. */
export function TaskConflicts({ task }: { readonly task: string }) {
  const open = conflictsOf(useConflicts(), task);
  return open.map((conflict) => (
    <div key={conflict.id} className="task-conflict" role="status">
      <StateIcon look="conflict" />
      <span className="grow">
        Collides with <b>{conflict.theirs.task === task ? conflict.ours.title : conflict.theirs.title}</b> in{' '}
        <span className="mono">{conflict.path}</span>
      </span>
      <Link to="/conflicts/$conflict" params={{ conflict: conflict.id }} className="btn btn-sm">
        Resolve
      </Link>
    </div>
  ));
}
