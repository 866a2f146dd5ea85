import './inspector.css';
import type { Task } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { PastTask } from '../features/canvas/replay/past-task.tsx';
import { TaskView } from '../features/tasks/task-view.tsx';
import { formatNoun } from '../lib/format.ts';
import { setInterface } from '../lib/interface-state.ts';
import { usePastTime } from '../lib/past-state.ts';
import { useSelectedTask, useSelectTask } from '../lib/use-selected-task.ts';
import { useShownKeys } from '../lib/keymap-state.ts';
import { useTRPC } from '../lib/trpc.ts';
import { useProjectId } from '../lib/use-project.ts';
import { AgentDisc } from '../ui/agent-disc.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { EmptyState } from '../ui/panel-states.tsx';
import { LookWord, StateWord } from '../ui/state-word.tsx';

const needsYou: readonly Task['state'][] = ['waiting', 'failed', 'interrupted', 'review'];

function Waiting({ tasks }: { readonly tasks: readonly Task[] }) {
  const select = useSelectTask();
  return (
    <ul className="inspector-list">
      {tasks.map((task) => (
        <li key={task.id}>
          <button type="button" className="inspector-row" onClick={() => select(task.id)}>
            <AgentDisc name={task.agent} />
            <span className="grow cut">{task.title}</span>
            <StateWord state={task.state} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Nothing of a plan starts before a yes, which is given in Mission. */
function PlanWaits({ count }: { readonly count: number }) {
  return (
    <p className="inspector-list">
      <Link to="/" className="inspector-row">
        <AgentDisc name="guide" />
        <span className="grow cut">A plan of {formatNoun(count, 'task')}</span>
        <LookWord look="waiting" word="Look and start it" />
      </Link>
    </p>
  );
}

/** What stands in the inspector while nothing is selected: the plan and the tasks that wait for the person. */
function Idle() {
  const trpc = useTRPC();
  const project = useProjectId();
  const { data } = useQuery(trpc.tasks.list.queryOptions({ project }, { enabled: project !== '' }));
  const planned = (data?.tasks ?? []).filter(({ state }) => state === 'planned').length;
  const tasks = (data?.tasks ?? [])
    .filter((task) => needsYou.includes(task.state))
    .toSorted((a, b) => needsYou.indexOf(a.state) - needsYou.indexOf(b.state));
  return (
    <>
      <header className="inspector-head">
        <h2 className="f14 grow">Needs you</h2>
        <IconButton
          size="sm"
          label="Hide the inspector"
          keys={useShownKeys('inspector')}
          onClick={() => setInterface({ isInspectorOpen: false })}
        >
          <X size={14} aria-hidden />
        </IconButton>
      </header>
      {planned > 0 && <PlanWaits count={planned} />}
      {tasks.length === 0 && planned === 0 ? (
        <EmptyState sentence="Nothing waits for you. Select a task to see what its agent does." />
      ) : (
        <Waiting tasks={tasks} />
      )}
    </>
  );
}

function Shown({ task, onClose }: { readonly task: string | null; readonly onClose: () => void }) {
  const isPast = usePastTime() !== null;
  if (isPast) return <PastTask id={task} onClose={onClose} />;
  return task === null ? <Idle /> : <TaskView key={task} task={task} onClose={onClose} />;
}

/** The selected task beside the panel, as it is or as it was, or what waits for the person. */
export function Inspector() {
  const task = useSelectedTask();
  const select = useSelectTask();
  return (
    <aside className="frame-side" aria-label="Inspector">
      <Shown task={task} onClose={() => select(null)} />
    </aside>
  );
}
