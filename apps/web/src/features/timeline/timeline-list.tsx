import type { TimelineEntry } from '@thalogos/contracts';
import { Link } from '@tanstack/react-router';
import { Redo2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { formatNoun } from '../../lib/format.ts';
import { useListKeys } from '../../lib/use-list-keys.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { EntryRow } from './entry-row.tsx';
import { FilterBar } from './filter-bar.tsx';
import { entryId, type Line, toLines } from './timeline-view.ts';
import type { useTimeline } from './use-timeline.ts';
import { VerifyButton } from './verify-button.tsx';
import { withWords } from './with-words.ts';

/** Loads what is older as soon as it comes into view; the button is for whoever waits for it. */
function Older({ isBusy, onLoad }: { readonly isBusy: boolean; readonly onLoad: () => void }) {
  const load = useRef(onLoad);
  useEffect(() => load.current(), []);
  return (
    <div className="timeline-older">
      <Button size="sm" variant="ghost" busy={isBusy} onClick={onLoad}>
        Older entries
      </Button>
    </div>
  );
}

interface ListProps {
  readonly project: string;
  readonly timeline: ReturnType<typeof useTimeline>;
  /** The entry that is shown, and the one that it is compared with. */
  readonly current: string | null;
  readonly compared: string | null;
  readonly undone: number;
  readonly onCompare: (id: string) => void;
}

/** Everything that was saved, restored and stopped, by day, as far back as one looks. */
export function TimelineList({ project, timeline, current, compared, undone, onCompare }: ListProps) {
  const now = useNow('half-minute');
  const box = useRef<HTMLElement>(null);
  useListKeys(box);
  const { entries, agents, people, hasOlder, isLoadingOlder, loadOlder } = timeline;
  const lines = toLines(entries, { now, hasOlder });
  const isShown = (entry: TimelineEntry) => entryId(entry) === current || entryId(entry) === compared;
  const draw = (line: Line) => {
    switch (line.kind) {
      case 'day':
        return (
          <h2 className="timeline-day">
            <span />
            <span className="label">{line.day}</span>
          </h2>
        );
      case 'older':
        return <Older isBusy={isLoadingOlder} onLoad={loadOlder} />;
      case 'entry':
        return <EntryRow entry={line.entry} isCurrent={isShown(line.entry)} onCompare={onCompare} />;
    }
  };
  return (
    <section className="timeline-list" aria-label="Timeline" ref={box}>
      <header className="timeline-head">
        <h1 className="grow">Timeline</h1>
        <Link to="/log" className="btn btn-sm btn-ghost" title="The whole log, event by event">
          Events
        </Link>
        {undone > 0 && (
          <Link to="/timeline" search={withWords({ show: 'undone' })} className="btn btn-sm">
            <Redo2 size={14} aria-hidden /> {formatNoun(undone, 'undone task')}
          </Link>
        )}
        <VerifyButton project={project} />
      </header>
      <FilterBar agents={agents} people={people} />
      <div className="timeline-entries">
        {lines.length === 0 ? (
          <p className="panel-state t2">Nothing of that in the timeline.</p>
        ) : (
          <VirtualList items={lines} label="Entries" estimate={54} keyOf={({ key }) => key} render={draw} />
        )}
      </div>
    </section>
  );
}
