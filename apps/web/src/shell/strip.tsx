import './strip.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatClock, formatElapsed } from '../lib/format.ts';
import { useTRPC } from '../lib/trpc.ts';
import { useNow } from '../lib/use-now.ts';
import { useProjectId } from '../lib/use-project.ts';
import { StateIcon } from '../ui/state-icon.tsx';
import { Keys } from './keys.tsx';
import { type StripMark, stripView } from './strip-view.ts';

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
    <Link {...own} to={mark.look === 'waiting' ? '/inbox' : '/timeline'}>
      {inner}
    </Link>
  ) : (
    <Link {...own} to="/timeline/$tag" params={{ tag: mark.tag }}>
      {inner}
    </Link>
  );
}

/** The timeline strip: what was saved, what failed and what was asked, up to the now cursor. */
export function Strip() {
  const trpc = useTRPC();
  const project = useProjectId();
  const now = useNow('half-minute');
  const enabled = project !== '';
  const timeline = useQuery(trpc.timeline.list.queryOptions({ project }, { enabled }));
  const decisions = useQuery(trpc.review.decisions.queryOptions({ project }, { enabled }));
  const view = stripView(timeline.data?.entries ?? [], decisions.data?.decisions ?? [], now);
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
        <i className="strip-now">
          <b>{formatClock(now)}</b>
        </i>
      </div>
    </section>
  );
}
