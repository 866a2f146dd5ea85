import '@xyflow/react/dist/base.css';
import { type NodeChange, ReactFlow, type ReactFlowInstance, type Viewport } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useOpenTask } from '../../lib/use-open-task.ts';
import { useSelectTask } from '../../lib/use-selected-task.ts';
import { Skeleton } from '../../ui/panel-states.tsx';
import { ClusterNode } from './cluster-node.tsx';
import { ArrowHeads, EntersEdge, HandOffEdge } from './edges.tsx';
import { type FlowNode, flowEdges, flowNodes } from './flow.ts';
import type { GraphView } from './graph-view.ts';
import { CheckpointNode, IntegrationNode, MainNode, NextNode, useStations } from './lane-nodes.tsx';
import { makeNodeKeeper } from './keep-nodes.ts';
import { Legend } from './legend.tsx';
import { ConflictNode, GoalNode, LaneNode } from './other-nodes.tsx';
import { Overview } from './overview.tsx';
import { TaskNode } from './task-node.tsx';
import { usePulses } from './use-pulses.ts';
import { usePlaces } from './use-places.ts';

const nodeTypes = {
  task: TaskNode,
  goal: GoalNode,
  conflict: ConflictNode,
  lane: LaneNode,
  main: MainNode,
  integration: IntegrationNode,
  next: NextNode,
  checkpoint: CheckpointNode,
  cluster: ClusterNode,
};
const edgeTypes = { enters: EntersEdge, handoff: HandOffEdge };
const FIT = {
  padding: { top: '52px', right: '24px', bottom: '48px', left: '24px' },
  maxZoom: 1,
  minZoom: 0.5,
} as const;
const MANY = 200;

/** Below this zoom tasks are drawn as clusters with their count. */
const FAR_OUT = 0.24;

function useFlow(view: GraphView) {
  const { places, move, tidy } = usePlaces(view);
  const given = useStations();
  const pulsing = usePulses(view.edges);
  const [keep] = useState(makeNodeKeeper);
  const [isFarOut, setFarOut] = useState(false);
  const drawn = useMemo(() => ({ view, lane: given, isFarOut }), [view, given, isFarOut]);
  const nodes = useMemo(() => keep(flowNodes(drawn, places)), [keep, drawn, places]);
  const edges = useMemo(() => flowEdges(drawn, pulsing), [drawn, pulsing]);
  const onMove = useCallback((_: unknown, { zoom }: Viewport) => setFarOut(zoom < FAR_OUT), []);
  return { nodes, edges, move, tidy, onMove };
}

/** The graph itself: pan, zoom, drag, click or Enter to look at a task. */
export function GraphCanvas({ view }: { readonly view: GraphView }) {
  const { nodes, edges, move, tidy, onMove } = useFlow(view);
  const openTask = useOpenTask();
  const select = useSelectTask();
  const flow = useRef<ReactFlowInstance<FlowNode> | null>(null);
  const hasPlaces = nodes.length > 0;
  useEffect(() => {
    if (hasPlaces) requestAnimationFrame(() => void flow.current?.fitView(FIT));
  }, [hasPlaces]);
  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      for (const change of changes) {
        if (change.type === 'position' && change.position !== undefined) move(change.id, change.position);
        if (
          change.type === 'select' &&
          change.selected &&
          view.nodes.some((node) => node.kind === 'task' && node.id === change.id)
        )
          openTask(change.id);
      }
    },
    [move, view, openTask],
  );
  return (
    <div className="canvas-flow" role="application" aria-label="Graph of tasks">
      <ArrowHeads />
      <ReactFlow<FlowNode>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onMove={onMove}
        onPaneClick={() => select(null)}
        onInit={(instance) => {
          flow.current = instance;
        }}
        minZoom={0.08}
        maxZoom={1.6}
        nodesConnectable={false}
        elementsSelectable
        deleteKeyCode={null}
        panOnScroll
        onlyRenderVisibleElements={nodes.length > MANY}
        attributionPosition="bottom-center"
        fitView
        fitViewOptions={FIT}
      >
        <Overview onTidy={tidy} />
      </ReactFlow>
      {!hasPlaces && (
        <div className="canvas-waits">
          <Skeleton widths={[22, 34, 28]} label="Laying out the graph" />
        </div>
      )}
      <Legend view={view} />
    </div>
  );
}
