import { Pause, TriangleAlert } from 'lucide-react';
import { lazy, Suspense, useEffect } from 'react';
import { formatClock, formatNoun } from '../lib/format.ts';
import { useShownKeys } from '../lib/keymap-state.ts';
import { useLive } from '../lib/live-state.ts';
import { useProjects } from '../lib/use-project.ts';
import { Button } from '../ui/button.tsx';
import { toast } from '../ui/toast.tsx';
import { Note } from './note.tsx';
import { ProblemNote } from './problem-note.tsx';
import { useDegraded } from './use-degraded.ts';
import { usePause } from './use-pause.ts';
import { useServerInfo } from './use-server-info.ts';

const DemonstrationCard = lazy(async () => ({
  default: (await import('../features/welcome/demonstration-card.tsx')).DemonstrationCard,
}));

function LossNote() {
  const { link, lostAt, loss } = useLive();
  if (lostAt === null || loss !== 'banner') return null;
  return (
    <Note tone="amber">
      <span className="dot" style={{ background: 'var(--st-waiting)' }} />
      <b>{link === 'offline' ? 'This machine is offline.' : 'Reconnecting.'}</b>
      <span className="t2">
        Shown as of {formatClock(lostAt, true)}. Agents and a Save that runs go on; writing is off until then.
      </span>
    </Note>
  );
}

function PauseNote() {
  const { isPaused, toggle, isBusy, block } = usePause();
  const keys = useShownKeys('pause');
  if (!isPaused) return null;
  return (
    <Note tone="amber">
      <Pause size={14} aria-hidden />
      <b>Everything is paused.</b>
      <span className="t2">No new run starts until you resume.</span>
      <span className="grow" />
      <Button size="sm" keys={keys} busy={isBusy} disabledBecause={block} onClick={toggle}>
        Resume all
      </Button>
    </Note>
  );
}

function DegradedNote() {
  const { degraded, leave, isBusy, block } = useDegraded();
  if (degraded === null) return null;
  return (
    <Note tone="amber">
      <TriangleAlert size={14} aria-hidden />
      <b>Agents fail.</b>
      <span className="t2">
        {degraded.reason}. One task is tried at a time; the first that does well ends this.
      </span>
      <span className="grow" />
      <Button size="sm" busy={isBusy} disabledBecause={block} onClick={leave}>
        Start all again
      </Button>
    </Note>
  );
}

function UpdateNote() {
  const { isUpdated } = useServerInfo();
  if (!isUpdated) return null;
  return (
    <Note tone="indigo">
      <b>Thalogos was updated.</b>
      <span className="t2">This page is of the build before. Reload when it suits you.</span>
      <span className="grow" />
      <Button size="sm" onClick={() => location.reload()}>
        Reload
      </Button>
    </Note>
  );
}

function DemonstrationNote() {
  const { project } = useProjects();
  if (!project?.isDemonstration) return null;
  return (
    <Note tone="indigo">
      <b>Demonstration:</b>
      <span className="t2 cut demo-words">no model, nothing leaves this machine.</span>
      <Suspense fallback={<span className="demo-place" />}>
        <DemonstrationCard project={project.id} />
      </Suspense>
    </Note>
  );
}

/** Says once how many events came in after the link was back. */
function useCaughtUp(): void {
  const count = useLive((state) => state.caughtUpOn);
  useEffect(() => {
    if (count === null) return;
    toast(`Back. Caught up on ${formatNoun(count, 'event')}.`);
    useLive.setState({ caughtUpOn: null });
  }, [count]);
}

/** What concerns the whole page, above the panel: a lost link, a pause, an update, the demonstration. */
export function Notes() {
  useCaughtUp();
  return (
    <div className="frame-notes">
      <LossNote />
      <PauseNote />
      <ProblemNote />
      <DegradedNote />
      <UpdateNote />
      <DemonstrationNote />
    </div>
  );
}
