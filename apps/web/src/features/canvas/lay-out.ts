import { graphlib, layout } from '@dagrejs/dagre';

/** Where a node's upper left corner is, in canvas px. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** What has to be placed: sizes in px. */
export interface LayoutRequest {
  readonly nodes: readonly { readonly id: string; readonly width: number; readonly height: number }[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

/** A place for every node, by id. */
export type Places = Readonly<Record<string, Place>>;

const BETWEEN_RANKS = 84;
const BETWEEN_NODES = 24;
/** A task stands right behind its goal rather than near what it might collide with. */
const PULL_OF_GOAL = 8;

function readPlace(label: unknown): Place {
  const isPlaced = typeof label === 'object' && label !== null && 'x' in label && 'y' in label;
  return isPlaced ? { x: Number(label.x), y: Number(label.y) } : { x: 0, y: 0 };
}

/** Places the nodes from left to right so that every line points to the right. */
export function layOut({ nodes, edges }: LayoutRequest): Places {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', ranksep: BETWEEN_RANKS, nodesep: BETWEEN_NODES });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height });
  for (const { from, to } of edges)
    graph.setEdge(from, to, { weight: from.startsWith('goal:') ? PULL_OF_GOAL : 1 });
  layout(graph);
  return Object.fromEntries(
    nodes.map(({ id, width, height }) => {
      // dagre gives the centre of a node, and says nothing of its type.
      const centre = readPlace(graph.node(id));
      return [id, { x: Math.round(centre.x - width / 2), y: Math.round(centre.y - height / 2) }];
    }),
  );
}
