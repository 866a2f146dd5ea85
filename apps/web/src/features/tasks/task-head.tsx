import type { Run, Task } from '@thalogos/contracts';
import { Shield, ShieldOff, X } from 'lucide-react';
import { formatElapsed } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { isContained, taskFacts } from './facts-view.ts';
import { TaskActions } from './task-actions.tsx';
import { TaskAlarm } from './task-alarm.tsx';
import { TaskConflicts } from './task-conflicts.tsx';

/** What the head of a task shows. */
export interface TaskHeadProps {
  readonly task: Task;
  readonly runs: readonly Run[];
  readonly permission: string;
  /** Given in the inspector; then the title is one level lower and a cross closes it. */
  readonly onClose?: (() => void) | undefined;
}

function Containment({ runs }: { readonly runs: readonly Run[] }) {
  const contained = isContained(runs);
  if (contained === null) return null;
  const Icon = contained ? Shield : ShieldOff;
  return (
    <span className="row t3 f11" style={{ gap: 4 }}>
      <Icon size={12} aria-hidden />
      {contained ? 'contained' : 'not contained'}
    </span>
  );
}

function Facts({ task, runs, permission }: TaskHeadProps) {
  const now = useNow();
  return (
    <dl className="task-facts">
      {taskFacts(task, { runs, permission, now }).map(({ name, value, isCode }) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd className={isCode ? 'cut mono' : 'cut'} title={value}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Who works on what, in which state, for how long, at what cost, and what can be done about it. */
export function TaskHead({ task, runs, permission, onClose }: TaskHeadProps) {
  const now = useNow();
  const Title = onClose === undefined ? 'h1' : 'h2';
  return (
    <header className="task-head">
      <div className="task-top">
        <AgentDisc name={task.agent} size="lg" />
        <div className="grow">
          <Title className="cut" title={task.title}>
            {task.title}
          </Title>
          <div className="row f12 t3" style={{ gap: 6 }}>
            <StateWord state={task.state} />
            <span className="mono f11 task-since">{formatElapsed(now - task.since)}</span>
            <Containment runs={runs} />
          </div>
        </div>
        <TaskActions task={task} />
        {onClose !== undefined && (
          <IconButton size="sm" label="Close" keys="i" onClick={onClose}>
            <X size={14} aria-hidden />
          </IconButton>
        )}
      </div>
      <Facts task={task} runs={runs} permission={permission} />
      <TaskAlarm task={task} />
      <TaskConflicts task={task.id} />
    </header>
  );
}
