import '@xyflow/react/dist/base.css';
import '../../src/features/canvas/node.css';
import type { Task } from '@thalogos/contracts';
import { type Edge, Handle, type Node, type NodeProps, Position, ReactFlow } from '@xyflow/react';
import { useEffect, useState } from 'react';
import { layOut } from '../../src/features/canvas/lay-out.ts';
import { sizeOf } from '../../src/features/canvas/sizes.ts';
import { AgentDisc } from '../../src/ui/agent-disc.tsx';
import { StateWord } from '../../src/ui/state-word.tsx';
import { TASK_LOOKS } from '../../src/ui/task-look.ts';

type CardNode = Node<{ readonly task: Task }, 'card'>;

function Card({ data: { task } }: NodeProps<CardNode>) {
  return (
    <>
      <Handle type="target" position={Position.Left} />
      <div className="node" data-st={TASK_LOOKS[task.state].look}>
        <span className="node-head">
          <AgentDisc name={task.agent} size="sm" />
          <StateWord state={task.state} />
        </span>
        <span className="node-title cut">{task.title}</span>
        <span className="node-last cut">{task.lastLine}</span>
        <span className="node-meta">{task.cost?.tokens}</span>
      </div>
      <Handle type="source" position={Position.Right} />
    </>
  );
}

const nodeTypes = { card: Card };

function edgesOf(tasks: readonly Task[]): Edge[] {
  return tasks.flatMap(({ id, after }) =>
    after.map((source) => ({ id: `${source}>${id}`, source, target: id })),
  );
}

/** React Flow as it is commonly fed: every update makes all node objects anew from the newest tasks. */
export function Peer({
  tasks,
  onReady,
}: {
  readonly tasks: readonly Task[];
  onReady(put: (tasks: readonly Task[]) => void): void;
}) {
  const [edges] = useState(() => edgesOf(tasks));
  const [places] = useState(() =>
    layOut({
      nodes: tasks.map(({ id }) => ({ id, ...sizeOf('task') })),
      edges: edges.map(({ source, target }) => ({ from: source, to: target })),
    }),
  );
  const [newest, setNewest] = useState(tasks);
  useEffect(() => onReady(setNewest), [onReady]);
  const nodes = newest.map(
    (task): CardNode => ({
      id: task.id,
      type: 'card',
      position: places[task.id] ?? { x: 0, y: 0 },
      ...sizeOf('task'),
      data: { task },
    }),
  );
  return (
    <ReactFlow<CardNode>
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      minZoom={0.15}
      fitView
      fitViewOptions={{ minZoom: 0.5, maxZoom: 1 }}
    />
  );
}
