import { expect, it } from 'vitest';
import type { GraphEdge } from './graph-view.ts';
import { pulsedEdges } from './pulsed-edges.ts';

const edges: readonly GraphEdge[] = [
  { id: 'a>b', kind: 'depends', from: 'a', to: 'b', isPale: false },
  { id: 'a>save', kind: 'enters', from: 'a', to: 'lane:integration', isPale: false },
];

it('sends a start along the way to the task, and a finish along the ways from it', () => {
  expect(pulsedEdges(edges, { type: 'task.started', task: 'b' })).toEqual(['a>b']);
  expect(pulsedEdges(edges, { type: 'task.finished', task: 'a' })).toEqual(['a>b']);
  expect(pulsedEdges(edges, { type: 'task.approved', task: 'a' })).toEqual(['a>save']);
});

it('keeps still for everything else', () => {
  expect(pulsedEdges(edges, { type: 'transcript.extended', task: 'a' })).toEqual([]);
});
