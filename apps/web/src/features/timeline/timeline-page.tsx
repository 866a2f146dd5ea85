import './timeline.css';
import type { TimelineEntry } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTRPC } from '../../lib/trpc.ts';
import { useAddressPart } from '../../lib/use-address-part.ts';
import { useListKeys } from '../../lib/use-list-keys.ts';
import { useNow } from '../../lib/use-now.ts';
import { useProjectId } from '../../lib/use-project.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { EmptyState, ShowQuery } from '../../ui/panel-states.tsx';
import { EntryDetail } from './entry-detail.tsx';
import { EntryRow } from './entry-row.tsx';
import { entryId, filterEntries, groupByDay, newestCheckpoint } from './timeline-view.ts';
import { VerifyButton } from './verify-button.tsx';

function List({
  entries,
  current,
  project,
}: {
  readonly entries: readonly TimelineEntry[];
  readonly current: TimelineEntry | null;
  readonly project: string;
}) {
  const now = useNow('half-minute');
  const box = useRef<HTMLElement>(null);
  const [filter, setFilter] = useState({ text: '', checkpointsOnly: false });
  const groups = groupByDay(filterEntries(entries, filter), now);
  useListKeys(box);
  return (
    <section className="timeline-list" aria-label="Timeline" ref={box}>
      <header className="timeline-head">
        <h1 className="grow">Timeline</h1>
        <VerifyButton project={project} />
      </header>
      <div className="timeline-filter">
        <TextField
          label="Search the timeline"
          quietLabel
          type="search"
          placeholder="Search messages, tasks, people"
          value={filter.text}
          onChange={(event) => setFilter({ ...filter, text: event.target.value })}
        />
        <Button
          size="sm"
          aria-pressed={filter.checkpointsOnly}
          variant={filter.checkpointsOnly ? 'default' : 'ghost'}
          onClick={() => setFilter({ ...filter, checkpointsOnly: !filter.checkpointsOnly })}
        >
          Checkpoints only
        </Button>
      </div>
      <div className="timeline-entries">
        {groups.length === 0 && <p className="panel-state t2">Nothing of that in the timeline.</p>}
        {groups.map((group) => (
          <div key={`${group.day} ${group.entries[0]?.save ?? ''}`}>
            <h2 className="timeline-day">
              <span />
              <span className="label">{group.day}</span>
            </h2>
            <ol>
              {group.entries.map((entry) => (
                <EntryRow key={`${entry.save} ${entry.tag}`} entry={entry} isCurrent={entry === current} />
              ))}
            </ol>
          </div>
        ))}
      </div>
    </section>
  );
}

/** Checkpoints, restores and Saves that did not land, by day; one of them in detail, and the way back to it. */
export function TimelinePage() {
  const trpc = useTRPC();
  const project = useProjectId();
  const tag = useAddressPart('tag');
  const query = useQuery(trpc.timeline.list.queryOptions({ project }, { enabled: project !== '' }));
  return (
    <ShowQuery query={query} what="The timeline could not be read.">
      {({ entries }) => {
        if (entries.length === 0)
          return (
            <>
              <h1 className="sr">Timeline</h1>
              <EmptyState
                sentence="Nothing was saved yet: every Save will stand here, with the way back to it."
                action={
                  <Link to="/" className="btn">
                    State a goal
                  </Link>
                }
              />
            </>
          );
        const current =
          (tag === undefined ? newestCheckpoint(entries) : entries.find((entry) => entryId(entry) === tag)) ??
          null;
        return (
          <div className="timeline" data-shows={tag === undefined ? 'list' : 'entry'}>
            <List entries={entries} current={current} project={project} />
            <div className="timeline-pane">
              {tag !== undefined && (
                <div className="timeline-back">
                  <h1 className="sr">Timeline</h1>
                  <Link to="/timeline" className="link f12 row">
                    <ArrowLeft size={14} aria-hidden /> All of the timeline
                  </Link>
                </div>
              )}
              {current === null ? (
                <EmptyState sentence="There is no such checkpoint in this project." />
              ) : (
                <EntryDetail key={entryId(current)} project={project} entry={current} entries={entries} />
              )}
            </div>
          </div>
        );
      }}
    </ShowQuery>
  );
}
