import './node.css';
import type { Task } from '@thalogos/contracts';
import { Handle, type NodeProps, Position, useStore } from '@xyflow/react';
import { Shield } from 'lucide-react';
import { memo } from 'react';
import { formatElapsed, formatTokens } from '../../lib/format.ts';
import { useIsSelectedTask } from '../../lib/use-selected-task.ts';
import { useShownNow } from '../../lib/use-shown-now.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { classes } from '../../ui/classes.ts';
import { StateIcon } from '../../ui/state-icon.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { TASK_LOOKS } from '../../ui/task-look.ts';
import { lastLineOf } from './last-line.ts';
import { useLookFilter } from './look-filter.ts';
import { useContained, useTask } from './use-tasks.ts';

/** Below this zoom a node is its icon alone: the words could not be read. */
const FAR = 0.42;

function Elapsed({ since }: { readonly since: number }) {
  return <span>{formatElapsed(useShownNow() - since)}</span>;
}

function Meta({ task }: { readonly task: Task }) {
  const isLive = task.state === 'running' || task.state === 'waiting';
  return (
    <span className="node-meta">
      {isLive && <Elapsed since={task.since} />}
      {!isLive && task.runs === 0 && <span>not started</span>}
      {task.cost !== null && <span>{formatTokens(task.cost.tokens)} tokens</span>}
      {task.runs > 1 && <span>attempt {task.runs}</span>}
    </span>
  );
}

function PlanSteps({ task }: { readonly task: Task }) {
  if (task.plan.length === 0 || task.state !== 'running') return null;
  return (
    <span className="node-plan" aria-hidden="true">
      {task.plan.map((step, index) => (
        // Steps have no identity but their place.
        <i key={index} className={classes(step.status === 'done' && 'is-done')} />
      ))}
    </span>
  );
}

/** The five parts of a node: agent and state, title, last line, facts, plan steps. */
function TaskCard({ task, isFar = false }: { readonly task: Task; readonly isFar?: boolean }) {
  const isSelected = useIsSelectedTask(task.id);
  const isContained = useContained(task.agent);
  const look = TASK_LOOKS[task.state].look;
  const isDim = useLookFilter((state) => state.only !== null && state.only !== look);
  return (
    <div
      className={classes(
        'node',
        isSelected && 'node-selected',
        isDim && 'node-dim',
        task.state === 'planned' && 'node-planned',
      )}
      data-st={look}
    >
      <span className="node-head">
        <AgentDisc name={task.agent} size="sm" />
        <StateWord state={task.state} />
        <span className="grow" />
        {isContained === true && (
          <span className="t3" title="Contained: it reaches no more than its worktree">
            <Shield size={12} aria-label="contained" />
          </span>
        )}
      </span>
      <span className="node-title cut" title={task.title}>
        {task.title}
      </span>
      <span className="node-last cut" title={lastLineOf(task)}>
        {lastLineOf(task)}
      </span>
      <Meta task={task} />
      <PlanSteps task={task} />
      {isFar && (
        <span className="node-far">
          <StateIcon look={look} size={54} />
        </span>
      )}
    </div>
  );
}

/** A task in the graph; subscribed to itself alone. */
export const TaskNode = memo(function TaskNode({ id }: NodeProps) {
  const task = useTask(id);
  const isFar = useStore((state) => state.transform[2] < FAR);
  if (task === undefined) return null;
  return (
    <>
      <Handle type="target" position={Position.Left} />
      <TaskCard task={task} isFar={isFar} />
      <Handle type="source" position={Position.Right} />
    </>
  );
});
