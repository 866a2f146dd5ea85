import type { SaveView, Task } from '@thalogos/contracts';
import { SAVE_STAGES } from '@thalogos/contracts';
import { formatClock, formatNoun, formatSeconds, formatSequence } from '../../lib/format.ts';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { Orb, type OrbState } from '../../ui/orb.tsx';
import { LookWord } from '../../ui/state-word.tsx';
import { outcomeView } from './outcome-view.ts';
import { isRunning, stagesDone } from './save-view.ts';
import { StageList } from './stage-list.tsx';
import { TaskRows } from './task-rows.tsx';
import { useSaveActs } from './use-save.ts';

function CancelLine({ save }: { readonly save: SaveView }) {
  const { cancel, isCancelling } = useSaveActs();
  const block = useWriteBlock();
  const late = save.canCancel ? null : 'Too late: main is moving.';
  return (
    <div className="row" style={{ marginTop: 6, flexWrap: 'wrap' }}>
      <Button busy={isCancelling} disabledBecause={block ?? late} onClick={cancel}>
        Cancel
      </Button>
      <span className="f11 t3">
        {late ?? 'Until it is published, cancelling leaves everything as it was.'} You can close this window.
      </span>
    </div>
  );
}

function Running({ save }: { readonly save: SaveView }) {
  const now = useNow();
  return (
    <>
      <p className="row f12 t2" style={{ gap: 12 }}>
        <span className="mono">{formatSeconds(now - save.startedAt)}</span>
        {save.resumed && <LookWord look="running" word="picked up after a restart" isChip />}
      </p>
      <CancelLine save={save} />
    </>
  );
}

function Facts({ save, tasks }: { readonly save: SaveView; readonly tasks: readonly Task[] }) {
  const files = tasks
    .filter((task) => save.tasks.includes(task.id))
    .reduce((sum, task) => sum + task.files.changed, 0);
  const facts =
    save.rollbackTo === null
      ? [formatNoun(save.tasks.length, 'task'), formatNoun(files, 'file')]
      : [`back to ${formatSequence(save.rollbackTo)}`, `${formatNoun(save.undone.length, 'task')} undone`];
  if (save.resumed && save.endedAt !== null) facts.push('picked up after a restart');
  if (save.endedAt !== null)
    facts.push(formatClock(save.endedAt), formatSeconds(save.endedAt - save.startedAt));
  return <p className="t2">{facts.join(', ')}</p>;
}

function titleOf(save: SaveView, tasks: readonly Task[]): string {
  if (save.outcome !== null) return outcomeView(save.outcome, tasks).title;
  return save.rollbackTo === null
    ? 'Saving what was approved'
    : `Restoring ${formatSequence(save.rollbackTo)}`;
}

function orbOf(save: SaveView, tasks: readonly Task[]): OrbState {
  return save.outcome === null ? 'saving' : outcomeView(save.outcome, tasks).orb;
}

/** A Save as it runs, or as it went: the orb, the stages, what it takes. */
export function SaveRun({ save, tasks }: { readonly save: SaveView; readonly tasks: readonly Task[] }) {
  const running = isRunning(save);
  const orb = orbOf(save, tasks);
  return (
    <section
      className="save-run"
      data-o={orb}
      data-ended={!running || undefined}
      aria-label={running ? 'Save in progress' : 'The last Save'}
    >
      <div className="save-head">
        <Orb
          state={orb}
          size={148}
          done={stagesDone(save)}
          now={running ? SAVE_STAGES.indexOf(save.stage) : null}
          isNumbered={running}
        />
        <div>
          <h1 className="f20" aria-live="polite">
            {titleOf(save, tasks)}
          </h1>
          <Facts save={save} tasks={tasks} />
          {running && <Running save={save} />}
        </div>
      </div>
      <StageList save={save} />
      {!running && save.tasks.length > 0 && (
        <div className="save-section save-section-lined">
          <h2 className="label">{save.outcome?.kind === 'saved' ? 'What entered' : 'What was in it'}</h2>
          <TaskRows ids={save.tasks} tasks={tasks} />
        </div>
      )}
    </section>
  );
}
