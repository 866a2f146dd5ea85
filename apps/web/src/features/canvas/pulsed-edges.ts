import type { ThalogosEvent } from '@thalogos/contracts';
import type { GraphEdge } from './graph-view.ts';

/** The lines that an event travels: to a task that starts, from one that finished, into the Save from one that was approved. */
export function pulsedEdges(
  edges: readonly GraphEdge[],
  event: Pick<ThalogosEvent, 'type' | 'task'>,
): readonly string[] {
  const of = (pick: (edge: GraphEdge) => boolean) => edges.filter(pick).map((edge) => edge.id);
  switch (event.type) {
    case 'task.started':
      return of((edge) => edge.kind !== 'enters' && edge.kind !== 'conflict' && edge.to === event.task);
    case 'task.finished':
      return of((edge) => edge.kind !== 'enters' && edge.kind !== 'conflict' && edge.from === event.task);
    case 'task.approved':
      return of((edge) => edge.kind === 'enters' && edge.from === event.task);
    default:
      return [];
  }
}
