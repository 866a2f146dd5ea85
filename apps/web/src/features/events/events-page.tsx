import './events.css';
import { Link } from '@tanstack/react-router';
import { type UIEvent, useCallback, useMemo, useRef, useState } from 'react';
import { formatNoun } from '../../lib/format.ts';
import { useAddressChoice } from '../../lib/use-address-choice.ts';
import { useListKeys } from '../../lib/use-list-keys.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ShowQuery, Skeleton } from '../../ui/panel-states.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { EventFilters, useEventFilter } from './event-filters.tsx';
import { EventRow } from './event-row.tsx';
import type { EventFilter } from './event-view.ts';
import { useLog } from './use-log.ts';

const ROW_PX = 34;
const NEAR_END_PX = 1200;
const AT_TOP_PX = 20;

function List({ filter, onTask }: { readonly filter: EventFilter; readonly onTask: (task: string) => void }) {
  const [named, name] = useAddressChoice('event');
  // A link to an event begins the list there; opening rows later does not move it.
  const [upTo, setUpTo] = useState(() => (named !== null && /^\d{1,15}$/.test(named) ? Number(named) : null));
  const [isAtTop, setAtTop] = useState(true);
  const log = useLog(filter, upTo, isAtTop && named === null);
  const box = useRef<HTMLDivElement>(null);
  const { show } = log;
  useListKeys(box);
  const toggle = useCallback(
    (seq: number) => {
      show();
      name(named === String(seq) ? null : String(seq), 'replace');
    },
    [name, named, show],
  );
  const onScroll = ({ target }: UIEvent) => {
    if (!(target instanceof HTMLElement)) return;
    const isTop = target.scrollTop < AT_TOP_PX;
    if (isAtTop && !isTop) show();
    setAtTop(isTop);
    if (target.scrollHeight - target.scrollTop - target.clientHeight < NEAR_END_PX) log.more();
  };
  const isNews = log.waiting > 0;
  const toTop = () => {
    show();
    box.current?.querySelector('.virtual-list')?.scrollTo({ top: 0 });
  };
  return (
    <div ref={box} className="events-list" onScrollCapture={onScroll}>
      <p className="events-news" role="status">
        {isNews && (
          <Button size="sm" variant="primary" onClick={toTop}>
            Show {formatNoun(log.waiting, 'new event')}
          </Button>
        )}
        {upTo !== null && (
          <Button size="sm" onClick={() => setUpTo(null)}>
            Begin at the newest event
          </Button>
        )}
      </p>
      <ShowQuery
        query={log.query}
        what="The log could not be read."
        skeleton={<Skeleton widths={[80, 92, 70, 88, 76, 90]} label="Reading the log" />}
      >
        {(events) =>
          events.length === 0 ? (
            <EmptyState
              sentence={
                log.isMore
                  ? 'Looking further back in the log.'
                  : 'No event fits. The log holds everything that ever happened here.'
              }
              action={
                <Link to="/log" search={{}} className="btn">
                  Show every event
                </Link>
              }
            />
          ) : (
            <VirtualList
              items={events}
              label="Events, newest first"
              estimate={ROW_PX}
              keyOf={(event) => event.seq}
              render={(event) => (
                <EventRow
                  event={event}
                  isOpen={named === String(event.seq)}
                  onToggle={toggle}
                  onTask={onTask}
                />
              )}
            />
          )
        }
      </ShowQuery>
    </div>
  );
}

/** The log of events, newest first: filtered, each leading to its thing, all of its facts on demand. */
export function EventsPage() {
  const all = useEventFilter();
  const { kind, task, session, text } = all;
  const filter = useMemo(() => ({ kind, task, session, text }), [kind, task, session, text]);
  return (
    <section className="events" aria-label="Events">
      <header className="events-head">
        <h1>Events</h1>
        <EventFilters filter={all} />
      </header>
      <List key={JSON.stringify(filter)} filter={filter} onTask={all.chooseTask} />
    </section>
  );
}
