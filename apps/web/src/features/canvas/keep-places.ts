import type { LayoutRequest, Place, Places } from './lay-out.ts';

const GAP = 24;
type Box = Place & { readonly width: number; readonly height: number };

function overlaps(a: Box, b: Box): boolean {
  return (
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height + GAP && b.y < a.y + a.height + GAP
  );
}

/** How far the kept nodes stand from where the new layout would have them, on average. */
function shift(kept: Places, fresh: Places): Place {
  const ids = Object.keys(kept).filter((id) => fresh[id] !== undefined);
  const mean = (axis: 'x' | 'y') =>
    ids.reduce((sum, id) => sum + (kept[id]?.[axis] ?? 0) - (fresh[id]?.[axis] ?? 0), 0) /
    Math.max(1, ids.length);
  return { x: Math.round(mean('x')), y: Math.round(mean('y')) };
}

/**
 * Places for all nodes in which those that already had one keep it: a graph that grows never moves
 * what the person is looking at. New ones go where the layout wants them, moved down until nothing overlaps.
 */
export function keepPlaces(nodes: LayoutRequest['nodes'], old: Places, fresh: Places): Places {
  const kept = Object.fromEntries(nodes.flatMap(({ id }) => (old[id] === undefined ? [] : [[id, old[id]]])));
  if (Object.keys(kept).length === 0) return fresh;
  const moved = shift(kept, fresh);
  const boxes: Box[] = nodes.flatMap(({ id, width, height }) =>
    kept[id] === undefined ? [] : [{ ...kept[id], width, height }],
  );
  const places: Record<string, Place> = { ...kept };
  for (const { id, width, height } of nodes) {
    const wanted = fresh[id];
    if (kept[id] !== undefined || wanted === undefined) continue;
    let box: Box = { x: wanted.x + moved.x, y: wanted.y + moved.y, width, height };
    for (
      let blocker = boxes.find((one) => overlaps(one, box));
      blocker !== undefined;
      blocker = boxes.find((one) => overlaps(one, box))
    ) {
      box = { ...box, y: blocker.y + blocker.height + GAP };
    }
    boxes.push(box);
    places[id] = { x: box.x, y: box.y };
  }
  return places;
}
