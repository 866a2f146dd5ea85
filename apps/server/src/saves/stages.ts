import { SAVE_STAGES, type SaveStage, type StageReport } from '@thalogos/contracts';

/** All seven stages, none begun. */
export function pendingStages(): readonly StageReport[] {
  return SAVE_STAGES.map((stage) => ({ stage, state: 'pending', sentence: '', startedAt: null, ms: null }));
}

/** The stages with `stage` begun at `at`, and those after it ahead again. */
export function beginStage(
  stages: readonly StageReport[],
  stage: SaveStage,
  at: number,
): readonly StageReport[] {
  const index = SAVE_STAGES.indexOf(stage);
  return stages.map((report, place) => {
    if (place < index) return report;
    if (place > index)
      return { stage: report.stage, state: 'pending', sentence: '', startedAt: null, ms: null };
    return report.state === 'active'
      ? report
      : { stage, state: 'active', sentence: '', startedAt: at, ms: null };
  });
}

/** The stages with what `stage`, which goes on, is doing now. */
export function tellStage(
  stages: readonly StageReport[],
  stage: SaveStage,
  sentence: string,
): readonly StageReport[] {
  return stages.map((report) => (report.stage === stage ? { ...report, sentence } : report));
}

/** How a stage ended, in one sentence. */
export interface StageEnd {
  readonly state: 'done' | 'failed';
  readonly sentence: string;
}

/** The stages with `stage` ended at `at`. */
export function endStage(
  stages: readonly StageReport[],
  stage: SaveStage,
  end: StageEnd & { readonly at: number },
): readonly StageReport[] {
  const { at, state, sentence } = end;
  return stages.map((report) =>
    report.stage === stage
      ? { ...report, state, sentence, ms: Math.max(0, at - (report.startedAt ?? at)) }
      : report,
  );
}

/** The stages of a Save that is over: what was not reached is skipped. */
export function skipRest(stages: readonly StageReport[]): readonly StageReport[] {
  return stages.map((report) =>
    report.state === 'pending' || report.state === 'active' ? { ...report, state: 'skipped' } : report,
  );
}
