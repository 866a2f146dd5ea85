import type { ThalogosEvent } from '@thalogos/contracts';
import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { formatClock, formatCount } from '../../lib/format.ts';
import { classes } from '../../ui/classes.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { StateIcon } from '../../ui/state-icon.tsx';
import { type EventPlace, eventWords, placeOf } from './event-view.ts';

function PlaceLink({ place }: { readonly place: EventPlace }) {
  const look = 'link f12';
  switch (place.kind) {
    case 'task':
      return (
        <Link to="/tasks/$task" params={{ task: place.id }} className={look}>
          Open the task
        </Link>
      );
    case 'checkpoint':
      return (
        <Link to="/timeline/$tag" params={{ tag: place.id }} className={look}>
          Open the checkpoint
        </Link>
      );
    case 'conflict':
      return (
        <Link to="/conflicts/$conflict" params={{ conflict: place.id }} className={look}>
          Open the conflict
        </Link>
      );
    case 'branch':
      return (
        <Link to="/branches/$branch" params={{ branch: place.id }} className={look}>
          Open the branch
        </Link>
      );
    case 'inbox':
      return (
        <Link to="/inbox" className={look}>
          Open the inbox
        </Link>
      );
    case 'save':
      return (
        <Link to="/save" className={look}>
          Open the Save
        </Link>
      );
    case 'mission':
      return (
        <Link to="/" className={look}>
          Open Mission
        </Link>
      );
  }
}

function Detail({
  event,
  onTask,
}: {
  readonly event: ThalogosEvent;
  readonly onTask: (task: string) => void;
}) {
  const place = placeOf(event);
  const { seq, session, task } = event;
  return (
    <div className="event-detail">
      <p className="row event-links">
        {place !== null && <PlaceLink place={place} />}
        {session !== null && (
          <Link to="/graph" search={{ session, at: String(seq) }} className="link f12">
            Show this moment on the graph
          </Link>
        )}
        {task !== null && (
          <button type="button" className="link f12" onClick={() => onTask(task)}>
            Only this task
          </button>
        )}
      </p>
      <CodeBlock text={JSON.stringify(event, null, 2)} label={`${event.type}, event ${seq}`} wraps />
    </div>
  );
}

interface EventRowProps {
  readonly event: ThalogosEvent;
  readonly isOpen: boolean;
  readonly onToggle: (seq: number) => void;
  readonly onTask: (task: string) => void;
}

/** One event of the log: when, what, about what, by whom; opened, all of its facts as text. */
export const EventRow = memo(function EventRow({ event, isOpen, onToggle, onTask }: EventRowProps) {
  const { subject, words, look } = eventWords(event);
  return (
    <div className={classes('event', isOpen && 'event-open')}>
      <button
        type="button"
        data-item
        className="event-row"
        aria-expanded={isOpen}
        onClick={() => onToggle(event.seq)}
      >
        <ChevronRight size={12} className="event-chevron t3" aria-hidden />
        <span className="event-seq mono f11 t3">{formatCount(event.seq)}</span>
        <time className="mono f11 t3" dateTime={new Date(event.at).toISOString()}>
          {formatClock(event.at, true)}
        </time>
        <span className="event-look">{look !== null && <StateIcon look={look} size={14} />}</span>
        <span className="event-words cut">
          <b>{subject}</b> <span className="t2">{words}</span>
        </span>
        <span className="event-type mono f11 t3">{event.type}</span>
        <span className="event-by f11 t3 cut">{event.by}</span>
      </button>
      {isOpen && <Detail event={event} onTask={onTask} />}
    </div>
  );
});
