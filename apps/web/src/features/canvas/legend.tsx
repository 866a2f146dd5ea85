import type { GraphEdge, GraphView } from './graph-view.ts';

const lines: readonly { readonly kind: GraphEdge['kind']; readonly word: string; readonly stroke: string }[] =
  [
    { kind: 'depends', word: 'depends on', stroke: 'var(--edge)' },
    { kind: 'hand-off', word: 'hand-off', stroke: 'var(--accent-text)' },
    { kind: 'enters', word: 'enters the Save', stroke: 'var(--st-ready)' },
    { kind: 'conflict', word: 'would conflict', stroke: 'var(--st-conflict)' },
  ];

/** What the lines that are there mean. */
export function Legend({ view }: { readonly view: GraphView }) {
  const kinds = new Set(view.edges.map((edge) => edge.kind));
  return (
    <div className="canvas-legend" aria-hidden="true">
      {lines
        .filter((line) => kinds.has(line.kind))
        .map((line) => (
          <span key={line.kind}>
            <svg width="26" height="8">
              <path
                d="M0 4H26"
                stroke={line.stroke}
                strokeDasharray={line.kind === 'hand-off' ? '5 4' : undefined}
              />
            </svg>
            {line.word}
          </span>
        ))}
    </div>
  );
}
