import type { Edge, Node } from '@xyflow/react';
import { type Cluster, clustersOf } from './clusters.ts';
import type { GraphEdge, GraphNode, GraphView } from './graph-view.ts';
import { classes } from '../../ui/classes.ts';
import { INTEGRATION } from './graph-view.ts';
import type { Place, Places } from './lay-out.ts';
import { LANE, LANE_CARD, sizeOf } from './sizes.ts';

/** What React Flow's nodes carry: a goal or a conflict as it is, a task only by its id. */
export type FlowNode =
  | Node<{ readonly node: GraphNode }, 'goal' | 'conflict'>
  | Node<{ readonly look: string }, 'task'>
  | Node<{ readonly cluster: Cluster }, 'cluster'>
  | Node<Record<string, never>, 'lane' | 'main' | 'integration' | 'next'>
  | Node<{ readonly tag: string; readonly number: string; readonly summary: string }, 'checkpoint'>;

/** Whatever stands in the lane, left to right. */
export interface LaneGiven {
  readonly past: readonly { readonly tag: string; readonly number: string; readonly summary: string }[];
  readonly hasNext: boolean;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
}

function boxOf(view: GraphView, places: Places): Box {
  const boxes = view.nodes.flatMap((node) => {
    const place = places[node.id];
    return place === undefined ? [] : [{ ...place, ...sizeOf(node.kind) }];
  });
  if (boxes.length === 0) return { left: 0, right: 900, bottom: 0 };
  return {
    left: Math.min(...boxes.map((box) => box.x)),
    right: Math.max(...boxes.map((box) => box.x + box.width)),
    bottom: Math.max(...boxes.map((box) => box.y + box.height)),
  };
}

function graphNode(node: GraphNode, position: Place): FlowNode {
  const own = { id: node.id, position, ...sizeOf(node.kind) };
  if (node.kind === 'task') return { ...own, type: 'task', data: { look: node.look }, ariaLabel: node.title };
  return {
    ...own,
    type: node.kind,
    data: { node },
    ariaLabel: node.kind === 'goal' ? `Goal: ${node.title}` : 'Would conflict',
  };
}

const CHECKPOINT_STEP = 50;
const BETWEEN_CARDS = 46;
const NEXT = { width: 290, height: 40 } as const;
const CHECKPOINT = { width: 42, height: 34 } as const;
const STILL = { draggable: false, selectable: false, focusable: false } as const;

function laneNodes(box: Box, given: LaneGiven): FlowNode[] {
  const top = box.bottom + LANE.below;
  const middle = top + LANE.height / 2;
  const cardTop = middle - LANE_CARD.height / 2;
  const mainLeft = box.left + given.past.length * CHECKPOINT_STEP + 20;
  const integrationLeft = mainLeft + LANE_CARD.width + BETWEEN_CARDS;
  const nextLeft = integrationLeft + LANE_CARD.width + 80;
  const width = Math.max(box.right, nextLeft + (given.hasNext ? NEXT.width : 0)) - box.left + 120;
  const card = (id: string, type: 'main' | 'integration', x: number): FlowNode => ({
    ...STILL,
    ...LANE_CARD,
    id,
    type,
    data: {},
    position: { x, y: cardTop },
  });
  const ground = { id: 'lane', type: 'lane' as const, data: {}, height: LANE.height, zIndex: -1 };
  const next = {
    id: 'lane:next',
    type: 'next' as const,
    data: {},
    position: { x: nextLeft, y: middle - 20 },
  };
  return [
    { ...STILL, ...ground, width, position: { x: box.left - 60, y: top } },
    ...given.past.map((past, index): FlowNode => {
      const position = { x: box.left + index * CHECKPOINT_STEP - 10, y: middle - 7 };
      return { ...STILL, ...CHECKPOINT, id: `lane:${past.tag}`, type: 'checkpoint', data: past, position };
    }),
    card('lane:main', 'main', mainLeft),
    card(INTEGRATION, 'integration', integrationLeft),
    ...(given.hasNext ? [{ ...STILL, ...NEXT, ...next }] : []),
  ];
}

function clusterNodes(view: GraphView, places: Places): FlowNode[] {
  return clustersOf(view, places).map((cluster) => {
    const { id, place: position, width, height } = cluster;
    return { ...STILL, id, type: 'cluster', position, width, height, data: { cluster } };
  });
}

/** What is drawn of the graph: all of it, or from far out clusters instead of tasks. */
export interface Drawn {
  readonly view: GraphView;
  readonly lane: LaneGiven;
  readonly isFarOut: boolean;
}

/** The graph and its lane as React Flow's nodes; those without a place yet are left out. */
export function flowNodes({ view, lane, isFarOut }: Drawn, places: Places): FlowNode[] {
  const apart = isFarOut ? view.nodes.filter(({ kind }) => kind === 'goal') : view.nodes;
  const placed = [
    ...apart.flatMap((node) => {
      const place = places[node.id];
      return place === undefined ? [] : [graphNode(node, place)];
    }),
    ...(isFarOut ? clusterNodes(view, places) : []),
  ];
  return placed.length === 0 && view.nodes.length > 0
    ? []
    : [...placed, ...laneNodes(boxOf(view, places), lane)];
}

function classOf(edge: GraphEdge, pulsing: ReadonlySet<string>): string {
  return classes(`edge-${edge.kind}`, edge.isPale && 'edge-pale', pulsing.has(edge.id) && 'edge-pulse');
}

function flowEdge(edge: GraphEdge, pulsing: ReadonlySet<string>): Edge {
  const own = {
    id: edge.id,
    source: edge.from,
    target: edge.to,
    focusable: false,
    className: classOf(edge, pulsing),
  };
  if (edge.kind === 'enters')
    return { ...own, type: 'enters', targetHandle: 'enter', markerEnd: 'arrow-enters' };
  if (edge.kind === 'conflict') return { ...own, type: 'default', zIndex: 1 };
  if (edge.kind === 'hand-off')
    return { ...own, type: 'handoff', markerEnd: 'arrow-hand-off', data: { carries: edge.carries } };
  return edge.from.startsWith('goal:') ? own : { ...own, markerEnd: 'arrow-depends' };
}

/** The lines as React Flow's edges, with main running through the lane. */
export function flowEdges({ view, lane, isFarOut }: Drawn, pulsing: ReadonlySet<string>): Edge[] {
  const along = (source: string, target: string, className: string): Edge => ({
    id: `${source}>${target}`,
    source,
    target,
    type: 'straight',
    focusable: false,
    className,
  });
  const past = lane.past.map((one) => `lane:${one.tag}`);
  const stations = [...past, 'lane:main'];
  return [
    ...(isFarOut ? [] : view.edges.map((edge) => flowEdge(edge, pulsing))),
    ...stations.slice(1).map((to, index) => along(stations[index] ?? to, to, 'edge-main')),
    { ...along('lane:main', INTEGRATION, 'edge-next'), targetHandle: 'along' },
    ...(lane.hasNext ? [{ ...along(INTEGRATION, 'lane:next', 'edge-next'), sourceHandle: 'out' }] : []),
  ];
}
