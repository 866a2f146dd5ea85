import './node.css';
import { Link } from '@tanstack/react-router';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { formatNoun } from '../../lib/format.ts';
import { conflictBetween, useConflicts } from '../../lib/use-conflicts.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { StateIcon } from '../../ui/state-icon.tsx';
import { LOOK_WORDS } from '../../ui/task-look.ts';
import type { FlowNode } from './flow.ts';

type GoalOrConflict = NodeProps<Extract<FlowNode, { type?: 'goal' | 'conflict' }>>;

/** A goal: its words, and how its tasks stand. */
export const GoalNode = memo(function GoalNode({ data }: GoalOrConflict) {
  if (data.node.kind !== 'goal') return null;
  const { title, looks, total } = data.node;
  const ready = looks.find((one) => one.look === 'ready')?.count ?? 0;
  const saved = looks.find((one) => one.look === 'saved')?.count ?? 0;
  const rest = ready > 0 ? `${ready} ready` : `${saved} saved`;
  return (
    <>
      <div className="node node-goal">
        <span className="node-head">
          <AgentDisc name="guide" size="sm" />
          <span className="f11 t2">Goal</span>
        </span>
        <span className="node-title" title={title}>
          {title}
        </span>
        <span
          className="node-progress"
          role="img"
          aria-label={looks.map((one) => `${one.count} ${LOOK_WORDS[one.look]}`).join(', ')}
        >
          {looks.map((one) => (
            <i key={one.look} data-st={one.look} style={{ flex: one.count }} />
          ))}
        </span>
        <span className="node-meta">
          {formatNoun(total, 'task')}, {rest}
        </span>
      </div>
      <Handle type="source" position={Position.Right} />
    </>
  );
});

const radar = { none: 'Would conflict', open: 'Conflict', settled: 'Settled' } as const;

/** The card of the conflict radar: where two tasks would collide if both were saved now; it leads to where that is settled. */
export const ConflictNode = memo(function ConflictNode({ data }: GoalOrConflict) {
  const conflicts = useConflicts();
  if (data.node.kind !== 'conflict') return null;
  const { files, between } = data.node;
  const known = conflictBetween(conflicts, ...between);
  const state = known === undefined ? 'none' : known.resolution === null ? 'open' : 'settled';
  const card = (
    <>
      <span className="row" style={{ gap: 6 }}>
        <StateIcon look={state === 'settled' ? 'ready' : 'conflict'} size={14} />
        <b>{radar[state]}</b>
        <span className="grow" />
        <span className="mono f11 t2">{formatNoun(files.length, 'file')}</span>
      </span>
      <span className="node-last cut">{files[0]}</span>
    </>
  );
  return (
    <>
      <Handle type="target" position={Position.Left} />
      {known === undefined ? (
        <Link to="/conflicts" className="node node-conflict" title={files.join('\n')}>
          {card}
        </Link>
      ) : (
        <Link
          to="/conflicts/$conflict"
          params={{ conflict: known.id }}
          className="node node-conflict"
          title={files.join('\n')}
        >
          {card}
        </Link>
      )}
    </>
  );
});

/** The ground of the lane. */
export function LaneNode() {
  return (
    <div className="node-lane">
      <span className="node-lane-rail" />
    </div>
  );
}
