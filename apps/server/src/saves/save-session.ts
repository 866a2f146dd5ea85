import { deliver } from './deliver-save.ts';
import { failedEntryOf } from './checkpoint-entry.ts';
import { freeze, snapshot } from './freeze.ts';
import { merge } from './merge.ts';
import * as outcomes from './outcome.ts';
import { publish } from './publish.ts';
import { check } from './run-checks.ts';
import { search } from './search-culprit.ts';
import { type SaveRecord, type SaveState, stepOf } from './save.ts';
import { sayFault } from './say-fault.ts';
import type { SaveContext, StepResult } from './save-context.ts';
import { withdrawnSince } from './still-approved.ts';

/**
 * Carries a Save from wherever its row says it is to its end, one idempotent step at a
 * time: the step's effect first, then the row. Killed anywhere, the next start calls this
 * again and the same objects come out. Returns early, row unfinished, when `stopping` is aborted.
 */
export async function saveSession(context: SaveContext, save: string, signals: SaveSignals): Promise<void> {
  for (let record = mustGet(context, save); record.state.kind !== 'done'; record = mustGet(context, save)) {
    if (signals.stopping.aborted) return;
    const step = stepOf(record.state);
    const result = mayStillCancel(record) ? await attempt(context, record, signals) : callOff(record);
    // What was not noted is done again at the next start, and gives the same.
    if (signals.stopping.aborted) return;
    context.failpoint(`${step}.effect`);
    note(context, save, result);
    context.failpoint(`${step}.journaled`);
  }
}

/** What can interrupt a Save: a person who calls it off, and a server that stops. */
export interface SaveSignals {
  readonly cancelling: AbortSignal;
  readonly stopping: AbortSignal;
}

/** A step that broke before anything was published ends the Save; later ones are tried again, because `main` may have moved. */
async function attempt(context: SaveContext, record: SaveRecord, signals: SaveSignals): Promise<StepResult> {
  try {
    return await takeStep(context, record, signals);
  } catch (cause) {
    if (signals.stopping.aborted || !isBeforePublish(record.state)) throw cause;
    context.logger.error(
      { save: record.id, project: record.project, error: cause },
      'A Save could not go on',
    );
    return { fact: { type: 'ended', outcome: outcomes.refused(record, sayFault(cause)) } };
  }
}

function takeStep(
  context: SaveContext,
  record: SaveRecord,
  { cancelling, stopping }: SaveSignals,
): Promise<StepResult> {
  const { state } = record;
  switch (state.kind) {
    case 'freezing':
      return freeze(context, { ...record, state });
    case 'snapshotting':
      return snapshot(context, { ...record, state });
    case 'merging':
      return merge(context, { ...record, state }, AbortSignal.any([cancelling, stopping]));
    case 'checking':
      return check(context, { ...record, state }, AbortSignal.any([cancelling, stopping]));
    case 'searching':
      return search(context, { ...record, state }, AbortSignal.any([cancelling, stopping]));
    case 'publishing':
      return publish(context, { ...record, state });
    case 'delivering':
      return deliver(context, { ...record, state });
    case 'done':
      throw new Error(`Save ${record.id} is done`);
  }
}

/** Notes a step, unless a person changed their mind while it ran; and writes the timeline's line for one that failed. */
function note(context: SaveContext, save: string, result: StepResult): void {
  const record = mustGet(context, save);
  const { fact, within } = mayStillCancel(record)
    ? (withdrawn(context, record, result) ?? result)
    : callOff(record);
  const failed = fact.type === 'ended' ? failedEntryOf(record, fact.outcome) : null;
  context.journal.note(record, fact, () => {
    within?.();
    if (failed !== null)
      context.timeline.append({ project: record.project, entry: failed, base: null, tagObject: null });
  });
}

/** The last moment at which an approval or a solution counts: what was taken back while it was checked must not land. */
function withdrawn(context: SaveContext, record: SaveRecord, { fact }: StepResult): StepResult | null {
  if (fact.type !== 'checked') return null;
  const why = whyWithdrawn(context, record);
  if (why === null) return null;
  return {
    fact: {
      type: 'ended',
      outcome: outcomes.refused(record, { why, fix: 'Save again to land the others.' }),
    },
  };
}

function whyWithdrawn({ tasks, conflicts }: SaveContext, record: SaveRecord): string | null {
  const { entering, project, state } = record;
  const gone = withdrawnSince(entering, tasks.savable(project)).map((task) => `“${task.title}”`);
  if (gone.length > 0) return `The approval of ${gone.join(', ')} was withdrawn while it was being saved.`;
  const settled = 'candidate' in state ? (state.candidate.settled ?? []) : [];
  const paths = conflicts.takenBack(project, settled);
  return paths.length === 0
    ? null
    : `The solution of the conflict in ${paths.join(', ')} was taken back while it was being saved.`;
}

/** False for a Save that a person called off in time. */
function mayStillCancel(record: SaveRecord): boolean {
  return !(record.isCancelled && isBeforePublish(record.state));
}

function callOff(record: SaveRecord): StepResult {
  return { fact: { type: 'ended', outcome: outcomes.cancelled(record) } };
}

function isBeforePublish(state: SaveState): boolean {
  return state.kind !== 'publishing' && state.kind !== 'delivering' && state.kind !== 'done';
}

function mustGet({ journal }: SaveContext, save: string): SaveRecord {
  const record = journal.get(save);
  if (record === null) throw new Error(`There is no Save ${save}`);
  return record;
}
