import './canvas.css';
import { classes } from '../../ui/classes.ts';
import { ErrorState, Skeleton } from '../../ui/panel-states.tsx';
import { GraphPanel } from './graph-panel.tsx';
import { Band } from './replay/band.tsx';
import { Past } from './replay/past.tsx';
import { Scrubber } from './replay/scrubber.tsx';
import { type Replay, useReplay } from './replay/use-replay.ts';

/** The graph now, or as it was at the event that the address names. */
function Shown({ replay }: { readonly replay: Replay }) {
  if (replay.at === null) return <GraphPanel />;
  if (replay.graph !== undefined)
    return (
      <Past graph={replay.graph}>
        <GraphPanel />
      </Past>
    );
  if (replay.error === null) return <Skeleton widths={[30, 60, 45]} label="Reading the log" />;
  return <ErrorState what="The session could not be replayed." error={replay.error} onRetry={replay.retry} />;
}

/** The graph of tasks with the scrubber below it. */
export function GraphPage() {
  const replay = useReplay();
  const isPast = replay.at !== null;
  return (
    <section className="graph-page" aria-label="Tasks">
      <h1 className="sr">Graph</h1>
      {isPast && <Band replay={replay} />}
      <div className={classes('canvas', isPast && 'canvas-past')} aria-busy={replay.isReading}>
        <Shown replay={replay} />
      </div>
      {replay.session !== null && <Scrubber replay={replay} />}
    </section>
  );
}
