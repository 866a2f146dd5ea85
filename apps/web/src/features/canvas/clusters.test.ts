import { describe, expect, it } from 'vitest';
import { clustersOf } from './clusters.ts';
import type { GraphNode } from './graph-view.ts';

const task = (id: string, look: 'running' | 'waiting' | 'saved'): GraphNode => ({
  kind: 'task',
  id,
  title: id,
  look,
});

describe('the graph from far out', () => {
  it('shows tasks that stand near each other as one, what needs a person first', () => {
    const view = {
      nodes: [task('a', 'running'), task('b', 'waiting'), task('c', 'running'), task('far', 'saved')],
    };
    const places = { a: { x: 0, y: 0 }, b: { x: 290, y: 0 }, c: { x: 0, y: 122 }, far: { x: 2000, y: 0 } };
    expect(clustersOf(view, places)).toEqual([
      {
        ...{ id: 'cluster:0:0', place: { x: 0, y: 0 }, width: 496, height: 220, count: 3 },
        looks: [
          { look: 'waiting', count: 1 },
          { look: 'running', count: 2 },
        ],
      },
      {
        ...{ id: 'cluster:3:0', place: { x: 2000, y: 0 }, width: 206, height: 98, count: 1 },
        looks: [{ look: 'saved', count: 1 }],
      },
    ]);
  });

  it('holds every task that has a place, once', () => {
    const nodes = Array.from({ length: 1000 }, (_, at) => task(`t-${at}`, 'running'));
    const places = Object.fromEntries(
      nodes.map(({ id }, at) => [id, { x: (at % 40) * 290, y: Math.floor(at / 40) * 122 }]),
    );
    const clusters = clustersOf({ nodes: [...nodes, task('unplaced', 'saved')] }, places);
    expect(clusters.reduce((sum, { count }) => sum + count, 0)).toBe(1000);
    expect(clusters.length).toBeLessThan(200);
  });
});
