import './replay.css';
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { formatClock, formatElapsed, formatTokens } from '../../../lib/format.ts';
import { usePast } from '../../../lib/past-state.ts';
import { AgentDisc } from '../../../ui/agent-disc.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { LineCounts } from '../../../ui/line-counts.tsx';
import { EmptyState } from '../../../ui/panel-states.tsx';
import { StateWord } from '../../../ui/state-word.tsx';
import { lastLineOf } from '../last-line.ts';

/** A task as it was at the moment that is looked at; beside a replayed graph. */
export function PastTask({ id, onClose }: { readonly id: string | null; readonly onClose: () => void }) {
  const moment = usePast((state) => state.moment);
  if (moment === null) return null;
  const task = id === null ? undefined : moment.tasks.get(id);
  if (task === undefined)
    return (
      <EmptyState
        sentence={
          id === null
            ? `Select a task to see how it stood at ${formatClock(moment.at, true)}.`
            : `This task did not exist at ${formatClock(moment.at, true)}.`
        }
      />
    );
  return (
    <article className="past-task" aria-label={`${task.title}, then`}>
      <header className="row">
        <AgentDisc name={task.agent} />
        <h2 className="f14 grow cut" title={task.title}>
          {task.title}
        </h2>
        <IconButton size="sm" label="Close" onClick={onClose}>
          <X size={14} aria-hidden />
        </IconButton>
      </header>
      <p className="row">
        <StateWord state={task.state} />
        <span className="t3 f12">for {formatElapsed(moment.at - task.since)}</span>
      </p>
      <p className="mono f12 t2">{lastLineOf(task)}</p>
      {task.files.changed > 0 && <LineCounts added={task.files.added} removed={task.files.removed} />}
      {task.cost !== null && <p className="t3 f12">{formatTokens(task.cost.tokens)} tokens so far</p>}
      {task.plan.length > 0 && (
        <ol className="past-plan">
          {task.plan.map((step, index) => (
            // Steps have no identity but their place.
            <li key={index} data-status={step.status}>
              {step.text}
            </li>
          ))}
        </ol>
      )}
      <Link to="/tasks/$task" params={{ task: task.id }} className="link f12">
        Open it as it is now
      </Link>
    </article>
  );
}
