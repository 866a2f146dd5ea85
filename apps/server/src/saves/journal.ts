import type { NewThalogosEvent, StageReport } from '@thalogos/contracts';
import type { Clock } from '../platform/clock.ts';
import type { Recorder } from '../platform/recorder.ts';
import type { JournalStore } from './journal-store.ts';
import { advance, type SaveFact, type SaveRecord, stageOf } from './save.ts';
import { sayMeanwhile, sayStage } from './say-stage.ts';
import { beginStage, endStage, skipRest, tellStage } from './stages.ts';

/** The journal: every change of a Save's row, together with the events that report it. */
export interface Journal extends JournalStore {
  start(record: SaveRecord): SaveRecord;
  /** Notes what a step achieved; `within` joins the same transaction. */
  note(record: SaveRecord, fact: SaveFact, within?: () => void): SaveRecord;
  /** Changes what no step depends on, such as the wish to cancel. */
  mark(record: SaveRecord): void;
}

/** Joins the rows and the log of events. */
export function makeJournal({
  store,
  recorder,
  clock,
}: {
  store: JournalStore;
  recorder: Recorder;
  clock: Clock;
}): Journal {
  const report = reportTo(recorder);
  return {
    ...store,
    start: (record) =>
      recorder.transact(() => {
        const begun = { ...record, stages: beginStage(record.stages, 'freeze', clock.now()) };
        store.put(begun);
        recorder.record({
          ...about(begun),
          type: 'save.started',
          data: { save: begun.id, kind: begun.kind },
        });
        report(record, begun);
        return begun;
      }),
    note: (record, fact, within = () => undefined) =>
      recorder.transact(() => {
        const after = withStages(record, fact, clock.now());
        within();
        store.put(after);
        report(record, after);
        return after;
      }),
    mark: (record) => {
      recorder.transact(() => store.put(record));
    },
  };
}

/** Tells what changed between two states of a Save. */
function reportTo(recorder: Recorder) {
  return (before: SaveRecord, after: SaveRecord): void => {
    for (const stage of changedStages(before.stages, after.stages)) {
      recorder.record({ ...about(after), type: 'save.stage', data: { save: after.id, report: stage } });
    }
    if (after.state.kind !== 'done' || before.state.kind === 'done') return;
    const { outcome } = after.state;
    if (outcome.delivery !== null) {
      recorder.record({
        ...about(after),
        type: 'save.delivered',
        data: { save: after.id, delivery: outcome.delivery },
      });
    }
    recorder.record({ ...about(after), type: 'save.ended', data: { save: after.id, outcome } });
  };
}

function withStages(record: SaveRecord, fact: SaveFact, at: number): SaveRecord {
  const after = advance(record, fact, at);
  const end = sayStage(record, fact);
  if (end === null) {
    const sentence = sayMeanwhile(fact);
    return sentence === null
      ? after
      : { ...after, stages: tellStage(record.stages, stageOf(after.state), sentence) };
  }
  const ended = endStage(record.stages, stageOf(record.state), { ...end, at });
  if (after.state.kind !== 'done') return { ...after, stages: beginStage(ended, stageOf(after.state), at) };
  const rest = beginStage(ended, 'resume', at);
  // Only a Save that held work back has something to let go of; the stages it never reached are skipped.
  return {
    ...after,
    stages: skipRest(
      endStage(fillGaps(ended, rest), 'resume', { state: 'done', sentence: 'Work goes on.', at }),
    ),
  };
}

/** Keeps what the earlier stages were; only `resume` is taken from the later list. */
function fillGaps(ended: readonly StageReport[], rest: readonly StageReport[]): readonly StageReport[] {
  return ended.map((report, place) => (report.stage === 'resume' ? (rest[place] ?? report) : report));
}

function changedStages(
  before: readonly StageReport[],
  after: readonly StageReport[],
): readonly StageReport[] {
  return after.filter((report, place) => JSON.stringify(report) !== JSON.stringify(before[place]));
}

/** What an event of this Save is about. */
export function about({
  project,
  by,
}: SaveRecord): Pick<NewThalogosEvent, 'project' | 'session' | 'task' | 'by'> {
  return { project, session: null, task: null, by };
}
