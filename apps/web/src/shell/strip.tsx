import './strip.css';
import type { Task } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatClock, formatElapsed } from '../lib/format.ts';
import { usePastTime } from '../lib/past-state.ts';
import { useTRPC } from '../lib/trpc.ts';
import { useNow } from '../lib/use-now.ts';
import { useProjectId } from '../lib/use-project.ts';
import { StateIcon } from '../ui/state-icon.tsx';
import { Keys } from './keys.tsx';
import { type StripMark, type StripTask, stripView } from './strip-view.ts';

function Mark({ mark }: { readonly mark: StripMark }) {
  const name = `${mark.word}, ${formatClock(mark.at)}`;
  const own = {
    className: 'strip-mark',
    'data-st': mark.look,
    style: { left: `${mark.left}%` },
    title: name,
    'aria-label': name,
  };
  const inner = (
    <>
      <StateIcon look={mark.look} size={14} />
      {mark.hasRoom && <span>{mark.word}</span>}
    </>
  );
  return mark.tag === null ? (
    <Link {...own} to={mark.leads}>
      {inner}
    </Link>
  ) : (
    <Link {...own} to="/timeline/$tag" params={{ tag: mark.tag }}>
      {inner}
    </Link>
  );
}

const settledOf = ({ tasks }: { readonly tasks: readonly Task[] }): StripTask[] =>
  tasks.flatMap(({ state, since }) => (state === 'approved' || state === 'failed' ? [{ state, since }] : []));

/** The timeline strip: what was saved, what failed and what was asked, up to the now cursor. */
export function Strip() {
  const trpc = useTRPC();
  const project = useProjectId();
  const now = useNow('half-minute');
  const enabled = project !== '';
  const timeline = useQuery(trpc.timeline.list.queryOptions({ project }, { enabled }));
  const decisions = useQuery(trpc.review.decisions.queryOptions({ project }, { enabled }));
  // A new last line of a task is nothing to the strip.
  const tasks = useQuery(trpc.tasks.list.queryOptions({ project }, { enabled, select: settledOf })).data;
  const view = stripView(
    {
      entries: timeline.data?.entries ?? [],
      decisions: decisions.data?.decisions ?? [],
      tasks: tasks ?? [],
    },
    now,
  );
  const past = usePastTime();
  return (
    <section className="frame-strip strip" aria-label="Timeline strip">
      <div className="strip-name">
        <span className="row">
          <Link to="/timeline">
            <b>Timeline</b>
          </Link>
          <Keys of="strip" />
        </span>
        <span className="f11 t3">last {formatElapsed(view.spanMs).replace(/ 00m| 00s| 0h/, '')}</span>
      </div>
      <div className="strip-axis">
        <span className="strip-line" />
        {view.marks.map((mark) => (
          <Mark key={mark.id} mark={mark} />
        ))}
        {view.ticks.map((tick) => (
          <span key={tick.word} className="strip-tick" style={{ left: `${tick.left}%` }}>
            {tick.word}
          </span>
        ))}
        {past !== null && past > now - view.spanMs && (
          <i className="strip-past" style={{ left: `${100 - ((now - past) / view.spanMs) * 100}%` }}>
            <b>{formatClock(past)}</b>
          </i>
        )}
        <i className="strip-now">
          <b>{formatClock(now)}</b>
        </i>
      </div>
    </section>
  );
}
