import './node.css';
import type { Task } from '@thalogos/contracts';
import { Handle, type NodeProps, Position, useStore } from '@xyflow/react';
import { GitCompareArrows, Shield, ShieldOff } from 'lucide-react';
import { memo } from 'react';
import { formatElapsed, formatNoun, formatTokens } from '../../lib/format.ts';
import { useIsSelectedTask } from '../../lib/use-selected-task.ts';
import { useShownNow } from '../../lib/use-shown-now.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { classes } from '../../ui/classes.ts';
import { StateIcon } from '../../ui/state-icon.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { TASK_LOOKS } from '../../ui/task-look.ts';
import { lastLineOf } from './last-line.ts';
import { useLookFilter } from './look-filter.ts';
import { useAgentFacts, useTask } from './use-tasks.ts';

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
      {task.cost !== null && (
        <span title="tokens">
          {formatTokens(task.cost.tokens)}
          <span className="sr"> tokens</span>
        </span>
      )}
      {task.runs > 1 && <span>attempt {task.runs}</span>}
      <Permission agent={task.agent} />
    </span>
  );
}

/** The mode in one word: what stands before the colon of what its agent may do. */
function Permission({ agent }: { readonly agent: string }) {
  const permission = useAgentFacts(agent)?.permission.split(':')[0];
  return permission === undefined || permission.includes(' ') ? null : <span>{permission}</span>;
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

/** That main has moved, and changes the same files. */
function Behind({ task }: { readonly task: Task }) {
  const { behind = null, state } = task;
  if (behind === null || state === 'saved' || state === 'cancelled') return null;
  const files = formatNoun(behind.conflicts.length, 'file');
  return (
    <span
      className="node-behind"
      title={`Behind main: ${files} changed there as well\n${behind.conflicts.join('\n')}`}
    >
      <GitCompareArrows size={12} aria-hidden />
      <span className="sr">behind main in </span>
      {behind.conflicts.length}
    </span>
  );
}

/** Whether its agent is contained, and what it may do without asking. */
function Containment({ agent }: { readonly agent: string }) {
  const facts = useAgentFacts(agent);
  if (facts === undefined) return null;
  const { contained, permission } = facts;
  const reach = contained
    ? 'Contained: it reaches no more than its worktree'
    : 'Not contained: it runs as you';
  const Icon = contained ? Shield : ShieldOff;
  return (
    <span className="t3" title={`${reach}. ${permission}`}>
      <Icon size={12} aria-label={contained ? 'contained' : 'not contained'} />
    </span>
  );
}

/** The five parts of a node: agent and state, title, last line, facts, plan steps. */
function Parts({ task }: { readonly task: Task }) {
  return (
    <>
      <span className="node-head">
        <AgentDisc name={task.agent} size="sm" />
        <StateWord state={task.state} />
        <span className="grow" />
        <Behind task={task} />
        <Containment agent={task.agent} />
      </span>
      <span className="node-title cut" title={task.title}>
        {task.title}
      </span>
      <span className="node-last cut" title={lastLineOf(task)}>
        {lastLineOf(task)}
      </span>
      <Meta task={task} />
      <PlanSteps task={task} />
    </>
  );
}

/** A node near by; its icon alone from further off. */
function TaskCard({ task, isFar }: { readonly task: Task; readonly isFar: boolean }) {
  const isSelected = useIsSelectedTask(task.id);
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
      {isFar ? (
        <span className="node-far" title={task.title}>
          <StateIcon look={look} size={54} />
        </span>
      ) : (
        <Parts task={task} />
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
