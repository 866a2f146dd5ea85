import { LOOK_ORDER, type GraphView, type LookCount } from './graph-view.ts';
import type { Place, Places } from './lay-out.ts';
import { sizeOf } from './sizes.ts';

/** Tasks that stand together, as far out as they can't be told apart. */
export interface Cluster {
  readonly id: string;
  readonly place: Place;
  readonly width: number;
  readonly height: number;
  readonly count: number;
  /** What needs a person first. */
  readonly looks: readonly LookCount[];
}

/** How much of the canvas (px) becomes one cluster: about two tasks beside each other and four below. */
const CELL = { width: 640, height: 520 } as const;

type TaskNode = Extract<GraphView['nodes'][number], { kind: 'task' }>;

function clusterOf(
  id: string,
  members: readonly { readonly node: TaskNode; readonly place: Place }[],
): Cluster {
  const { width, height } = sizeOf('task');
  const x = Math.min(...members.map(({ place }) => place.x));
  const y = Math.min(...members.map(({ place }) => place.y));
  const looks = LOOK_ORDER.flatMap((look) => {
    const count = members.filter(({ node }) => node.look === look).length;
    return count === 0 ? [] : [{ look, count }];
  });
  return {
    id: `cluster:${id}`,
    place: { x, y },
    width: Math.max(...members.map(({ place }) => place.x + width)) - x,
    height: Math.max(...members.map(({ place }) => place.y + height)) - y,
    count: members.length,
    looks,
  };
}

/** The graph from far out: tasks that stand near each other as one box with their count. Pure. */
export function clustersOf(view: Pick<GraphView, 'nodes'>, places: Places): readonly Cluster[] {
  const cells = new Map<string, { node: TaskNode; place: Place }[]>();
  for (const node of view.nodes) {
    const place = places[node.id];
    if (node.kind !== 'task' || place === undefined) continue;
    const cell = `${Math.floor(place.x / CELL.width)}:${Math.floor(place.y / CELL.height)}`;
    cells.set(cell, [...(cells.get(cell) ?? []), { node, place }]);
  }
  return [...cells].map(([id, members]) => clusterOf(id, members));
}
