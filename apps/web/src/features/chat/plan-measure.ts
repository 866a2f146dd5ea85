import type { PlanEdge } from './plan-edges.ts';
import type { PlanDot } from './plan-view.ts';

/** A place on the screen or on the graph. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How large a task is drawn, in px. */
export const NODE = { width: 172, height: 46 } as const;

const GAP = { x: 60, y: 14 } as const;
const EDGE = 6;
/** Lines that pass tasks by run below them, one beside the other. */
const LANE = 26;
/** Where on its way a line can be rubbed out: near its end, where those of one task part. */
const NEAR_END = 0.68;

/** A line as it is drawn, and where it can be rubbed out. */
export interface Route {
  readonly edge: PlanEdge;
  readonly path: string;
  readonly handle: Point;
}

/** A plan laid out. */
export interface PlanLayout {
  readonly size: { readonly width: number; readonly height: number };
  readonly routes: readonly Route[];
}

/** Where a task is drawn: its upper left corner. */
export function cornerOf({ level, place }: PlanDot): Point {
  return { x: EDGE + level * (NODE.width + GAP.x), y: EDGE + place * (NODE.height + GAP.y) };
}

/** Where lines leave a task. */
export function outOf(dot: PlanDot): Point {
  const { x, y } = cornerOf(dot);
  return { x: x + NODE.width, y: y + NODE.height / 2 };
}

function into(dot: PlanDot): Point {
  const { x, y } = cornerOf(dot);
  return { x, y: y + NODE.height / 2 };
}

/** A line that leaves and arrives flat. */
export function curve(from: Point, to: Point): string {
  const bend = bendOf(from, to);
  return `M${from.x} ${from.y} C ${from.x + bend} ${from.y}, ${to.x - bend} ${to.y}, ${to.x} ${to.y}`;
}

const bendOf = (from: Point, to: Point): number => Math.max(GAP.x / 2, Math.abs(to.x - from.x) / 2);

/** A point of such a line, `t` of the way along. */
function along(from: Point, to: Point, t: number): Point {
  const bend = bendOf(from, to);
  const [first, second] = [3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2];
  const [fromStart, fromEnd] = [(1 - t) ** 3 + first, t ** 3 + second];
  return {
    x: from.x * fromStart + to.x * fromEnd + bend * (first - second),
    y: from.y * fromStart + to.y * fromEnd,
  };
}

/** Lays the lines of a plan so that none crosses a task: those that pass a column run below its tasks. */
export function layoutPlan(dots: readonly PlanDot[], edges: readonly PlanEdge[]): PlanLayout {
  const dotOf = new Map(dots.map((dot) => [dot.id, dot]));
  const bottoms = new Map<number, number>();
  for (const dot of dots) {
    const bottom = cornerOf(dot).y + NODE.height;
    bottoms.set(dot.level, Math.max(bottoms.get(dot.level) ?? 0, bottom));
  }
  const takeLane = (level: number): Point => {
    const bottom = bottoms.get(level) ?? 0;
    bottoms.set(level, bottom + LANE);
    return { x: cornerOf({ id: '', level, place: 0 }).x, y: bottom + LANE / 2 };
  };
  const routes = edges.flatMap((edge): Route[] => {
    const [from, to] = [dotOf.get(edge.from), dotOf.get(edge.to)];
    return from === undefined || to === undefined ? [] : [routeOf({ edge, from, to }, takeLane)];
  });
  const right = Math.max(0, ...dots.map((dot) => cornerOf(dot).x)) + NODE.width + EDGE * 2 + 8;
  return { size: { width: right, height: Math.max(0, ...bottoms.values()) + EDGE }, routes };
}

function routeOf(
  { edge, from, to }: { readonly edge: PlanEdge; readonly from: PlanDot; readonly to: PlanDot },
  takeLane: (level: number) => Point,
): Route {
  const lanes: Point[] = [];
  for (let level = from.level + 1; level < to.level; level += 1) lanes.push(takeLane(level));
  const [start, end] = [outOf(from), into(to)];
  const parts: string[] = [];
  let at = start;
  for (const lane of lanes) {
    parts.push(curve(at, lane), `H ${lane.x + NODE.width}`);
    at = { x: lane.x + NODE.width, y: lane.y };
  }
  const [first] = lanes;
  const handle =
    first === undefined ? along(start, end, NEAR_END) : { x: first.x + NODE.width / 2, y: first.y };
  return { edge, path: [...parts, curve(at, end)].join(' '), handle };
}
