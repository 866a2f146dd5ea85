import type { FlowNode } from './flow.ts';

function isSame(a: FlowNode, b: FlowNode): boolean {
  const isPlacedAlike = a.position.x === b.position.x && a.position.y === b.position.y && a.width === b.width;
  return isPlacedAlike && JSON.stringify(a.data) === JSON.stringify(b.data);
}

/** Makes a keeper that hands out the node of before wherever nothing about it changed, so that only the others are drawn again. */
export function makeNodeKeeper(): (nodes: readonly FlowNode[]) => FlowNode[] {
  let known = new Map<string, FlowNode>();
  return (nodes) => {
    const kept = nodes.map((node) => {
      const before = known.get(node.id);
      return before !== undefined && isSame(before, node) ? before : node;
    });
    known = new Map(kept.map((node) => [node.id, node]));
    return kept;
  };
}
