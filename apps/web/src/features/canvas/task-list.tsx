import type { Task } from '@thalogos/contracts';
import { useNavigate } from '@tanstack/react-router';
import { memo } from 'react';
import { formatElapsed, formatTokens } from '../../lib/format.ts';
import { useOpenTask } from '../../lib/use-open-task.ts';
import { useIsSelectedTask } from '../../lib/use-selected-task.ts';
import { useShownNow } from '../../lib/use-shown-now.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { LineCounts } from '../../ui/line-counts.tsx';
import { EmptyState } from '../../ui/panel-states.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { TASK_LOOKS } from '../../ui/task-look.ts';
import { shownTasks } from './graph-view.ts';
import { lastLineOf } from './last-line.ts';
import { useLookFilter } from './look-filter.ts';
import { useTasks } from './use-tasks.ts';

function Since({ since }: { readonly since: number }) {
  return formatElapsed(useShownNow() - since);
}

const TaskRow = memo(function TaskRow({ task, after }: { readonly task: Task; readonly after: string }) {
  const openTask = useOpenTask();
  const navigate = useNavigate();
  const isSelected = useIsSelectedTask(task.id);
  return (
    <tr
      aria-selected={isSelected}
      onDoubleClick={() => void navigate({ to: '/tasks/$task', params: { task: task.id } })}
    >
      <td>
        <AgentDisc name={task.agent} />
      </td>
      <td>
        <button type="button" className="cut" onClick={() => openTask(task.id)} title={task.title}>
          {task.title}
        </button>
      </td>
      <td>
        <StateWord state={task.state} />
      </td>
      <td className="cut mono f11 t2" title={lastLineOf(task)}>
        {lastLineOf(task)}
      </td>
      <td className="cut t2">{after}</td>
      <td>
        {task.files.changed > 0 && <LineCounts added={task.files.added} removed={task.files.removed} />}
      </td>
      <td className="mono f11 t3">
        <Since since={task.since} />
      </td>
      <td className="mono f11 t3">{task.cost === null ? '' : formatTokens(task.cost.tokens)}</td>
    </tr>
  );
});

/** The same data as the canvas, as a table. */
export function TaskList() {
  const tasks = useTasks();
  const only = useLookFilter((state) => state.only);
  const titles = new Map(tasks.map((task) => [task.id, task.title]));
  const shown = shownTasks(tasks).filter((task) => only === null || TASK_LOOKS[task.state].look === only);
  if (shown.length === 0) return <EmptyState sentence="No task of this state." />;
  return (
    <div className="canvas-list">
      <table className="canvas-table" aria-label="Tasks">
        <thead>
          <tr>
            <th>
              <span className="sr">Agent</span>
            </th>
            <th>Task</th>
            <th>State</th>
            <th>Last line</th>
            <th>After</th>
            <th>Lines</th>
            <th>Since</th>
            <th>Tokens</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((task) => (
            <TaskRow
              key={task.id}
              task={task}
              after={task.after.map((id) => titles.get(id) ?? id).join(', ')}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
