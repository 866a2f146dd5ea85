import './node.css';
import { type NodeProps, useReactFlow } from '@xyflow/react';
import { memo } from 'react';
import { formatNoun } from '../../lib/format.ts';
import { StateIcon } from '../../ui/state-icon.tsx';
import { LOOK_WORDS } from '../../ui/task-look.ts';
import type { FlowNode } from './flow.ts';

/** Tasks that can't be told apart from here: how many, and how they stand; pressing it goes nearer. */
export const ClusterNode = memo(function ClusterNode({
  id,
  data: { cluster },
}: NodeProps<Extract<FlowNode, { type?: 'cluster' }>>) {
  const flow = useReactFlow();
  const words = cluster.looks.map(({ look, count }) => `${count} ${LOOK_WORDS[look]}`).join(', ');
  return (
    <button
      type="button"
      className="node-cluster"
      data-st={cluster.looks[0]?.look}
      aria-label={`${formatNoun(cluster.count, 'task')}: ${words}`}
      title={words}
      onClick={() => void flow.fitView({ nodes: [{ id }], minZoom: 0.6, maxZoom: 0.8 })}
    >
      {cluster.looks[0] !== undefined && <StateIcon look={cluster.looks[0].look} size={96} />}
      <b>{cluster.count}</b>
      <span className="node-cluster-bar" aria-hidden="true">
        {cluster.looks.map(({ look, count }) => (
          <i key={look} data-st={look} style={{ flex: count }} />
        ))}
      </span>
    </button>
  );
});
