import { describe, expect, it } from 'vitest';
import { cornerOf, layoutPlan, NODE } from './plan-measure.ts';
import { placeTasks } from './plan-view.ts';

const tasks = [
  { id: 'a', after: [] },
  { id: 'b', after: ['a'] },
  { id: 'c', after: ['a', 'b'] },
  { id: 'd', after: ['a', 'c'] },
];
const dots = placeTasks(tasks);
const edges = tasks.flatMap(({ id, after }) => after.map((from) => ({ from, to: id })));
const { routes, size } = layoutPlan(dots, edges);

describe('the lines of a plan', () => {
  it('can be rubbed out beside every task, each in its own place', () => {
    for (const { handle } of routes)
      for (const dot of dots) {
        const { x, y } = cornerOf(dot);
        const isInside =
          handle.x > x && handle.x < x + NODE.width && handle.y > y && handle.y < y + NODE.height;
        expect(isInside).toBe(false);
      }
    expect(new Set(routes.map(({ handle }) => `${handle.x} ${handle.y}`)).size).toBe(routes.length);
  });

  it('that pass a column run below its tasks, within the drawing', () => {
    const long = routes.find(({ edge }) => edge.from === 'a' && edge.to === 'd');
    expect(long?.handle.y).toBeGreaterThan(NODE.height);
    expect(long?.handle.y).toBeLessThan(size.height);
  });

  it('are none where there is no task', () =>
    expect(layoutPlan([], [{ from: 'a', to: 'b' }]).routes).toEqual([]));
});
