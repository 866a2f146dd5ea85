import type { SaveView } from '@thalogos/contracts';
import { canCancel, type SaveRecord, settledOf, stageOf } from './save.ts';

/** What a person sees of a Save; `checks` are the live ones while it is checking. */
export function viewOf(record: SaveRecord, checks: SaveView['checks'] | null): SaveView {
  return {
    id: record.id,
    kind: record.kind,
    stage: stageOf(record.state),
    stages: [...record.stages],
    tasks: record.entering.map((task) => task.id),
    checks: record.state.kind === 'checking' && checks !== null ? checks : [...record.checks],
    startedAt: record.startedAt,
    endedAt: record.endedAt,
    canCancel: canCancel(record),
    resumed: record.isResumed,
    rollbackTo: record.request.tag,
    undone: [...record.undone],
    ...settledOf(record.state),
    outcome: record.state.kind === 'done' ? record.state.outcome : null,
  };
}
