import { expect, it } from 'vitest';
import type { FlowNode } from './flow.ts';
import { makeNodeKeeper } from './keep-nodes.ts';

const node = (id: string, x: number, look = 'running'): FlowNode => ({
  id,
  type: 'task',
  data: { look },
  position: { x, y: 0 },
  width: 206,
});

it('hands out the same node while nothing about it changes', () => {
  const keep = makeNodeKeeper();
  const [first, second] = keep([node('a', 0), node('b', 10)]);
  const [again, moved] = keep([node('a', 0), node('b', 20)]);
  expect(again).toBe(first);
  expect(moved).not.toBe(second);
  expect(moved?.position.x).toBe(20);
});

it('hands out a new node when its look changes', () => {
  const keep = makeNodeKeeper();
  const [before] = keep([node('a', 0)]);
  const [after] = keep([node('a', 0, 'review')]);
  expect(after).not.toBe(before);
});
