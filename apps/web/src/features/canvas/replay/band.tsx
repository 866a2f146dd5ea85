import './replay.css';
import { History } from 'lucide-react';
import { formatClock, formatDay } from '../../../lib/format.ts';
import { useNow } from '../../../lib/use-now.ts';
import { Button } from '../../../ui/button.tsx';
import type { Replay } from './use-replay.ts';

/** Says that what is shown is over, when it was, and how to get back. */
export function Band({ replay }: { readonly replay: Replay }) {
  const now = useNow('half-minute');
  const { graph, session, sessions } = replay;
  const day = graph === undefined ? '' : formatDay(graph.at, now);
  return (
    <div className="replay-band" role="status">
      <History size={14} aria-hidden />
      <p className="grow cut">
        <b>
          {graph === undefined ? 'Reading the log' : `Looking at ${formatClock(graph.at, true)}, not live`}
        </b>
        <span className="t2">
          {day.startsWith('Today') || day === '' ? '' : ` ${day}.`}
          {session !== sessions[0] && session !== null && ` ${session.title}.`} Nothing can be changed from
          here.
        </span>
      </p>
      <Button size="sm" onClick={replay.live}>
        Back to live
      </Button>
    </div>
  );
}
