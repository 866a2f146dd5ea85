import type { SaveView } from '@thalogos/contracts';
import { SAVE_STAGES } from '@thalogos/contracts';
import { formatSeconds } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { StateIcon } from '../../ui/state-icon.tsx';
import type { StateLook } from '../../ui/task-look.ts';
import { CheckChips } from './check-chips.tsx';
import { STAGE_WORDS } from './save-view.ts';

type Report = SaveView['stages'][number];

const looks: Readonly<Record<Report['state'], StateLook>> = {
  pending: 'queued',
  active: 'running',
  done: 'saved',
  failed: 'failed',
  skipped: 'cancelled',
};
const ahead: Readonly<Record<Report['stage'], string>> = {
  freeze: 'Dispatch is held, running agents go on',
  snapshot: 'What was approved, as it was approved',
  merge: 'In the order of their dependencies, no checkout is touched',
  check: 'On exactly the tree that will land',
  publish: 'Main and the tag, in one step',
  deliver: 'Then your own checkout',
  resume: 'Then dispatch goes on',
};

function Seconds({ report }: { readonly report: Report }) {
  const now = useNow();
  const ms =
    report.state === 'active' && report.startedAt !== null ? Math.max(0, now - report.startedAt) : report.ms;
  return (
    <span className="mono f11 t3">{ms === null || report.state === 'pending' ? '' : formatSeconds(ms)}</span>
  );
}

function Stage({ report, save }: { readonly report: Report; readonly save: SaveView }) {
  return (
    <li
      className="save-stage"
      data-state={report.state}
      aria-current={report.state === 'active' ? 'step' : undefined}
    >
      <span className="save-stage-icon">
        <StateIcon look={looks[report.state]} />
      </span>
      <div className="save-stage-body">
        <div className="save-stage-line">
          <b>{STAGE_WORDS[report.stage]}</b>
          <p>{report.sentence === '' ? ahead[report.stage] : report.sentence}</p>
          <span className="sr">{report.state}</span>
          <Seconds report={report} />
        </div>
        {report.stage === 'check' && save.checks.length > 0 && (
          <CheckChips save={save.id} checks={save.checks} isRunning={save.outcome === null} />
        )}
      </div>
    </li>
  );
}

/** The seven stages, each with its state, its sentence and its seconds. */
export function StageList({ save }: { readonly save: SaveView }) {
  return (
    <ol className="save-stages" aria-label="Stages">
      {SAVE_STAGES.map((stage) => {
        const report = save.stages.find((one) => one.stage === stage) ?? {
          stage,
          state: 'pending',
          sentence: '',
          startedAt: null,
          ms: null,
        };
        return <Stage key={stage} report={report} save={save} />;
      })}
    </ol>
  );
}
