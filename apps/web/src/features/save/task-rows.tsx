import type { Task } from '@thalogos/contracts';
import { Link } from '@tanstack/react-router';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { LineCounts } from '../../ui/line-counts.tsx';

/** Tasks of a Save: agent, title, lines, who approved. */
export function TaskRows({
  ids,
  tasks,
}: {
  readonly ids: readonly string[];
  readonly tasks: readonly Task[];
}) {
  return (
    <ul>
      {ids.map((id) => {
        const task = tasks.find((one) => one.id === id);
        return (
          <li key={id} className="save-row">
            <AgentDisc name={task?.agent ?? '?'} size="sm" />
            <Link to="/tasks/$task" params={{ task: id }} className="grow cut">
              {task?.title ?? id}
            </Link>
            {task !== undefined && <LineCounts added={task.files.added} removed={task.files.removed} />}
            {task?.approvedBy != null && <span className="f11 t3">approved by {task.approvedBy}</span>}
          </li>
        );
      })}
    </ul>
  );
}
