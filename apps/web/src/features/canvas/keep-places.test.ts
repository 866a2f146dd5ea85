import { describe, expect, it } from 'vitest';
import { keepPlaces } from './keep-places.ts';
import { layOut } from './lay-out.ts';

const node = (id: string) => ({ id, width: 206, height: 98 });

describe('placing nodes', () => {
  it('puts what waits to the right of what it waits for', () => {
    const places = layOut({ nodes: [node('a'), node('b')], edges: [{ from: 'a', to: 'b' }] });
    expect((places['b']?.x ?? 0) - (places['a']?.x ?? 0)).toBeGreaterThan(206);
  });

  it('never moves a node that has its place', () => {
    const old = { a: { x: 400, y: 300 } };
    const places = keepPlaces([node('a'), node('b')], old, { a: { x: 0, y: 0 }, b: { x: 290, y: 0 } });
    expect(places).toEqual({ a: { x: 400, y: 300 }, b: { x: 690, y: 300 } });
  });

  it('moves a new node down until it covers nothing', () => {
    const old = { a: { x: 0, y: 0 }, b: { x: 290, y: 0 } };
    const places = keepPlaces([node('a'), node('b'), node('c')], old, {
      a: { x: 0, y: 0 },
      b: { x: 290, y: 0 },
      c: { x: 290, y: 40 },
    });
    expect(places['c']).toEqual({ x: 290, y: 122 });
  });

  it('takes the layout as it is when nothing has a place yet', () => {
    const fresh = { a: { x: 1, y: 2 } };
    expect(keepPlaces([node('a')], {}, fresh)).toEqual(fresh);
  });

  it('forgets nodes that are gone', () => {
    const places = keepPlaces(
      [node('a')],
      { a: { x: 5, y: 5 }, gone: { x: 0, y: 0 } },
      { a: { x: 0, y: 0 } },
    );
    expect(places).toEqual({ a: { x: 5, y: 5 } });
  });
});
