import { getNodesBounds, MiniMap, type ReactFlowState, useReactFlow, useStore } from '@xyflow/react';
import { LayoutGrid, Maximize, Minus, Plus } from 'lucide-react';
import { IconButton } from '../../ui/icon-button.tsx';
import type { FlowNode } from './flow.ts';

function colourOf(node: FlowNode): string {
  if (node.type === 'cluster') return `var(--st-${node.data.cluster.looks[0]?.look ?? 'queued'})`;
  if (node.type === 'task') return `var(--st-${node.data.look})`;
  if (node.type === 'goal') return 'var(--accent)';
  if (node.type === 'conflict') return 'var(--st-conflict)';
  return node.type === 'main' || node.type === 'integration' ? 'var(--st-saved)' : 'transparent';
}

/** Whether some of the graph lies outside what is shown. */
function isCut({ transform: [x, y, zoom], width, height, nodes }: ReactFlowState): boolean {
  const bounds = getNodesBounds(nodes);
  const left = bounds.x * zoom + x;
  const top = bounds.y * zoom + y;
  return left < 0 || top < 0 || left + bounds.width * zoom > width || top + bounds.height * zoom > height;
}

/** Zoom buttons, and the overview where the graph is larger than its window. */
export function Overview({ onTidy }: { readonly onTidy: () => void }) {
  const flow = useReactFlow<FlowNode>();
  const needsMap = useStore(isCut);
  const zoom = useStore((state) => Math.round(state.transform[2] * 100));
  return (
    <div className="canvas-mini">
      {needsMap && (
        <MiniMap<FlowNode>
          pannable
          zoomable
          nodeColor={colourOf}
          nodeStrokeWidth={0}
          nodeBorderRadius={14}
          style={{ width: 150, height: 100 }}
          ariaLabel="Overview"
        />
      )}
      <div className="canvas-zoom">
        <IconButton size="sm" label="Zoom out" onClick={() => void flow.zoomOut()}>
          <Minus size={12} aria-hidden />
        </IconButton>
        <span className="mono f11 t2">{zoom}%</span>
        <IconButton size="sm" label="Zoom in" onClick={() => void flow.zoomIn()}>
          <Plus size={12} aria-hidden />
        </IconButton>
        <IconButton size="sm" label="Show everything" onClick={() => void flow.fitView({ padding: 0.1 })}>
          <Maximize size={12} aria-hidden />
        </IconButton>
        <IconButton size="sm" label="Lay out anew" onClick={onTidy}>
          <LayoutGrid size={12} aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}
