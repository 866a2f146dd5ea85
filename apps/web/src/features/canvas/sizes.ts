import type { GraphNode } from './graph-view.ts';

const sizes: Readonly<Record<GraphNode['kind'], { readonly width: number; readonly height: number }>> = {
  goal: { width: 152, height: 118 },
  task: { width: 206, height: 98 },
  conflict: { width: 218, height: 52 },
};

/** Size of a node in px, by what it is. */
export function sizeOf(kind: GraphNode['kind']): { readonly width: number; readonly height: number } {
  return sizes[kind];
}

/** Size of the cards in the lane at the bottom. */
export const LANE_CARD = { width: 206, height: 76 } as const;
/** Height of the lane, and how far below the lowest node it runs. */
export const LANE = { height: 100, below: 64 } as const;
