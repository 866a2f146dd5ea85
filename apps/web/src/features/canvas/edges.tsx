import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from '@xyflow/react';

const CORNER = 14;
const OUT = 30;
const ABOVE = 26;

/** From a ready task into the Save: out into the gap between columns, down it, and along above the lane, so that it covers no node. */
function entersPath({
  sourceX,
  sourceY,
  targetX,
  targetY,
}: Pick<EdgeProps, 'sourceX' | 'sourceY' | 'targetX' | 'targetY'>): string {
  const turnX = sourceX + OUT;
  const alongY = targetY - ABOVE;
  const side = targetX >= turnX ? 1 : -1;
  if (Math.abs(targetX - turnX) < CORNER * 2)
    return `M${sourceX} ${sourceY}H${turnX - CORNER}Q${turnX} ${sourceY} ${turnX} ${sourceY + CORNER}V${alongY - CORNER}C${turnX} ${alongY + 4} ${targetX} ${alongY - 4} ${targetX} ${targetY}`;
  return [
    `M${sourceX} ${sourceY}`,
    `H${turnX - CORNER}Q${turnX} ${sourceY} ${turnX} ${sourceY + CORNER}`,
    `V${alongY - CORNER}Q${turnX} ${alongY} ${turnX + side * CORNER} ${alongY}`,
    `H${targetX - side * CORNER}Q${targetX} ${alongY} ${targetX} ${alongY + CORNER}`,
    `V${targetY}`,
  ].join('');
}

/** The green line of what enters the next Save. */
export function EntersEdge({ id, markerEnd, ...ends }: EdgeProps) {
  return <BaseEdge id={id} path={entersPath(ends)} {...(markerEnd === undefined ? {} : { markerEnd })} />;
}

/** The dashed line of what one task hands to another, with what that is; the words stand where the line is level. */
export function HandOffEdge({
  id,
  markerEnd,
  data,
  ...ends
}: EdgeProps<Edge<{ readonly carries?: string }>>) {
  const [path, x, y] = getBezierPath(ends);
  const { sourceY, targetY } = ends;
  const lift = Math.abs(targetY - sourceY) < 40 ? 10 : 0;
  return (
    <>
      <BaseEdge id={id} path={path} {...(markerEnd === undefined ? {} : { markerEnd })} />
      <EdgeLabelRenderer>
        <span
          className="edge-words"
          style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y - lift}px)` }}
        >
          {data?.carries}
        </span>
      </EdgeLabelRenderer>
    </>
  );
}

const heads = {
  depends: 'var(--edge)',
  enters: 'var(--st-ready)',
  'hand-off': 'var(--accent-text)',
} as const;

/** The arrow heads, in the colours of their lines. */
export function ArrowHeads() {
  return (
    <svg width="0" height="0" style={{ position: 'absolute' }} aria-hidden="true">
      <defs>
        {(['depends', 'enters', 'hand-off'] as const).map((kind) => (
          <marker
            key={kind}
            id={`arrow-${kind}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto-start-reverse"
          >
            <path d="M1 1 7 4 1 7" fill="none" stroke={heads[kind]} strokeWidth="1.4" />
          </marker>
        ))}
      </defs>
    </svg>
  );
}
