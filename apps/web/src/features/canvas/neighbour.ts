import type { GraphView } from './graph-view.ts';

/** The task after (or before) the selected one, in reading order; the first or last when none is selected. */
export function neighbourOf(view: GraphView, selected: string | null, by: 1 | -1): string | null {
  const ids = view.nodes.filter((node) => node.kind === 'task').map((node) => node.id);
  const at = selected === null ? -1 : ids.indexOf(selected);
  if (at === -1) return (by === 1 ? ids[0] : ids.at(-1)) ?? null;
  return ids[Math.min(ids.length - 1, Math.max(0, at + by))] ?? null;
}
