import './save-page.css';
import type { SaveView, Task } from '@thalogos/contracts';
import { useIsNarrow } from '../../lib/use-is-narrow.ts';
import { ShowQuery } from '../../ui/panel-states.tsx';
import { OutcomeCard } from './outcome-card.tsx';
import { outcomeView } from './outcome-view.ts';
import { SavePreview } from './save-preview.tsx';
import { SaveRun } from './save-run.tsx';
import { isRunning } from './save-view.ts';
import { TaskRows } from './task-rows.tsx';
import { useSaveData } from './use-save.ts';

function Entering({ save, tasks }: { readonly save: SaveView; readonly tasks: readonly Task[] }) {
  return (
    <>
      <div className="save-section">
        <h2 className="label">What enters</h2>
        <TaskRows ids={save.tasks} tasks={tasks} />
      </div>
      <p className="t3 f12">
        It goes on if this window closes, and after a restart. What agents do from now on is not in this Save.
      </p>
    </>
  );
}

/** Save: the one that runs or ran last, how it ended, and what the next one would do. */
export function SavePage() {
  const { current, preview, save, tasks } = useSaveData();
  const isNarrow = useIsNarrow();
  const outcome = save?.outcome != null && (
    <OutcomeCard outcome={save.outcome} tasks={tasks} undone={save.undone.length} />
  );
  const needsPerson = save?.outcome != null && outcomeView(save.outcome, tasks).orb === 'blocked';
  const shown = (
    <ShowQuery query={preview} what="The preview could not be made.">
      {(data) => <SavePreview preview={data} tasks={tasks} isPrimary={!needsPerson} />}
    </ShowQuery>
  );
  return (
    <ShowQuery query={current} what="The Save could not be read." skeleton={undefined}>
      {() =>
        save === null ? (
          <div className="save-page save-page-one">
            <div className="save-run">
              <h1 className="sr">Save</h1>
              {shown}
            </div>
          </div>
        ) : (
          <div className="save-page">
            {isNarrow && outcome}
            <SaveRun save={save} tasks={tasks} />
            <aside className="save-side" aria-label="Outcome and next Save">
              {!isNarrow && outcome}
              {!isRunning(save) && shown}
              {isRunning(save) && <Entering save={save} tasks={tasks} />}
            </aside>
          </div>
        )
      }
    </ShowQuery>
  );
}
