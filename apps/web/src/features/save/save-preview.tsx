import type { SavePreview as Preview, Task } from '@thalogos/contracts';
import { Link } from '@tanstack/react-router';
import { formatNoun } from '../../lib/format.ts';
import { useShownKeys } from '../../lib/keymap-state.ts';
import { useWriteBlock } from '../../lib/live-state.ts';
import { Button } from '../../ui/button.tsx';
import { Orb } from '../../ui/orb.tsx';
import { LookWord } from '../../ui/state-word.tsx';
import { SettledByRule } from './settled-by-rule.tsx';
import { TaskRows } from './task-rows.tsx';
import { useSaveActs } from './use-save.ts';

const known = {
  passed: { look: 'ready', word: 'known to pass' },
  failed: { look: 'failed', word: 'known to fail' },
  unknown: { look: 'queued', word: 'will run' },
} as const;

function Pairs({
  pairs,
  title,
}: {
  readonly pairs: Preview['pairs'];
  readonly title: (id: string) => string;
}) {
  return (
    <div className="save-section">
      <h3 className="label">Would conflict with each other</h3>
      {pairs.map((pair) => (
        <div key={`${pair.a}!${pair.b}`} className="save-row">
          <LookWord look="conflict" word={`${title(pair.a)}, ${title(pair.b)}`} />
          <span className="mono f11 t2 cut grow">{pair.files.join(', ')}</span>
          <Link to="/conflicts" className="btn btn-sm">
            Look
          </Link>
        </div>
      ))}
    </div>
  );
}

/** What would stop this Save, each with the way to settle it. */
function Stops({ conflicts }: { readonly conflicts: Preview['conflicts'] }) {
  if (conflicts.length === 0) return null;
  return (
    <div className="save-section">
      <h3 className="label">Would stop this Save</h3>
      {conflicts.map((conflict) => (
        <div key={conflict.id} className="save-row">
          <LookWord look="conflict" word={`${conflict.ours.title}, ${conflict.theirs.title}`} />
          <span className="mono f11 t2 cut grow">{conflict.path}</span>
          <Link to="/conflicts/$conflict" params={{ conflict: conflict.id }} className="btn btn-sm">
            Resolve
          </Link>
        </div>
      ))}
    </div>
  );
}

/** Open results that can't be joined with what main will hold after this Save. */
function WithMain({
  withMain,
  title,
}: {
  readonly withMain: NonNullable<Preview['withMain']>;
  readonly title: (id: string) => string;
}) {
  if (withMain.length === 0) return null;
  return (
    <div className="save-section">
      <h3 className="label">Would conflict with main after this Save</h3>
      {withMain.map(({ task, files }) => (
        <div key={task} className="save-row">
          <LookWord look="conflict" word={title(task)} />
          <span className="mono f11 t2 cut grow" title={files.join(', ')}>
            {files.join(', ')}
          </span>
          <Link to="/tasks/$task" params={{ task }} className="btn btn-sm">
            Open task
          </Link>
        </div>
      ))}
    </div>
  );
}

function Collisions({
  preview,
  title,
}: {
  readonly preview: Preview;
  readonly title: (id: string) => string;
}) {
  return (
    <>
      <Stops conflicts={preview.conflicts} />
      {preview.settled !== undefined && preview.settled.length > 0 && (
        <div className="save-section">
          <SettledByRule settled={preview.settled} />
        </div>
      )}
      {preview.pairs.length > 0 && <Pairs pairs={preview.pairs} title={title} />}
      <WithMain withMain={preview.withMain ?? []} title={title} />
    </>
  );
}

interface PreviewProps {
  readonly preview: Preview;
  readonly tasks: readonly Task[];
  /** False where another button on the page is the next step. */
  readonly isPrimary: boolean;
}

function Head({ preview, tasks, isPrimary }: PreviewProps) {
  const { start, isStarting } = useSaveActs();
  const block = useWriteBlock();
  const enters = tasks.filter((task) => preview.enters.includes(task.id));
  const files = enters.reduce((sum, task) => sum + task.files.changed, 0);
  const count = formatNoun(preview.enters.length, 'task');
  const nothing = preview.enters.length === 0;
  const sentence = `${count}, ${formatNoun(files, 'file')}, checked as one tree before anything moves.`;
  return (
    <div className="row" style={{ gap: 14 }}>
      <Orb state={nothing ? 'offline' : 'ready'} size={44} />
      <div className="grow">
        <h2 className="f16">Next Save</h2>
        <p className="f12 t2">{nothing ? 'Nothing would change.' : sentence}</p>
      </div>
      <Button
        variant={isPrimary ? 'primary' : 'default'}
        keys={useShownKeys('save')}
        busy={isStarting}
        disabledBecause={block ?? (nothing ? 'Nothing is approved yet.' : null)}
        onClick={() => start()}
      >
        {nothing ? 'Save' : `Save ${count}`}
      </Button>
    </div>
  );
}

/** What a Save would do now: what enters, what waits and why, what would conflict, which checks run. */
export function SavePreview(props: PreviewProps) {
  const { preview, tasks } = props;
  const title = (id: string) => tasks.find((task) => task.id === id)?.title ?? id;
  const nothing = preview.enters.length === 0;
  return (
    <section className="col" style={{ gap: 14 }} aria-label="Preview of the next Save">
      <Head {...props} />
      <div className="save-section">
        <h3 className="label">Enters</h3>
        {nothing ? (
          <p className="f12 t2">Nothing is approved yet. Approve a task in Review and it enters here.</p>
        ) : (
          <TaskRows ids={preview.enters} tasks={tasks} />
        )}
      </div>
      <Collisions preview={preview} title={title} />
      <div className="save-section">
        <h3 className="label">Checks</h3>
        {preview.checks.length === 0 ? (
          <p className="f12 t2">
            No check is configured: what is saved will be called unverified, never passed.
          </p>
        ) : (
          preview.checks.map((check) => (
            <div key={check.name} className="save-row">
              <span className="grow cut">{check.name}</span>
              <LookWord {...known[check.known]} />
            </div>
          ))
        )}
      </div>
      {preview.waits.length > 0 && (
        <div className="save-section">
          <h3 className="label">Stays open</h3>
          {preview.waits.map((wait) => (
            <div key={wait.task} className="save-row">
              <span className="grow cut">{title(wait.task)}</span>
              <span className="f11 t3 cut">{wait.why}</span>
            </div>
          ))}
        </div>
      )}
    </section>
  );
}
