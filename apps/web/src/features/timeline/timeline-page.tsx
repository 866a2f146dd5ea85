import './timeline.css';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTRPC } from '../../lib/trpc.ts';
import { useAddressChoice } from '../../lib/use-address-choice.ts';
import { useAddressPart } from '../../lib/use-address-part.ts';
import { useProjectId } from '../../lib/use-project.ts';
import { EmptyState, ShowQuery } from '../../ui/panel-states.tsx';
import { ComparePane } from './compare-pane.tsx';
import { CompareWith } from './compare-with.tsx';
import { EntryDetail } from './entry-detail.tsx';
import { isNarrowed } from './timeline-filter.ts';
import { TimelineList } from './timeline-list.tsx';
import { entryId, newestCheckpoint } from './timeline-view.ts';
import { UndonePane } from './undone-pane.tsx';
import { useTimeline } from './use-timeline.ts';
import { useTimelineFilter } from './use-timeline-filter.ts';
import { withWords } from './with-words.ts';

function Empty() {
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
}

interface DetailProps {
  readonly project: string;
  readonly id: string;
  readonly entries: Parameters<typeof CompareWith>[0]['entries'];
  readonly onCompare: (other: string) => void;
}

function Detail({ project, id, entries, onCompare }: DetailProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.timeline.entry.queryOptions({ project, id }));
  if (query.error !== null && query.data === undefined && query.error.data?.code === 'NOT_FOUND')
    return <EmptyState sentence="There is no such checkpoint in this project." />;
  return (
    <ShowQuery query={query} what="The entry could not be read.">
      {(detail) => (
        <EntryDetail
          key={id}
          project={project}
          detail={detail}
          compareWith={<CompareWith tag={id} entries={entries} onCompare={onCompare} />}
        />
      )}
    </ShowQuery>
  );
}

function Pane({ isList, children }: { readonly isList: boolean; readonly children: ReactNode }) {
  return (
    <div className="timeline-pane">
      {!isList && (
        <div className="timeline-back">
          <h1 className="sr">Timeline</h1>
          <Link to="/timeline" search={withWords({ show: null, with: null })} className="link f12 row">
            <ArrowLeft size={14} aria-hidden /> All of the timeline
          </Link>
        </div>
      )}
      {children}
    </div>
  );
}

/** Checkpoints, restores and Saves that did not land, by day; one of them in detail, or two compared; and the way back. */
export function TimelinePage() {
  const trpc = useTRPC();
  const navigate = useNavigate();
  const project = useProjectId();
  const tag = useAddressPart('tag') ?? null;
  const [other] = useAddressChoice('with');
  const [show] = useAddressChoice('show');
  const { words } = useTimelineFilter();
  const timeline = useTimeline(project);
  const undone = useQuery(trpc.timeline.undone.queryOptions({ project }, { enabled: project !== '' }));
  const { entries, query } = timeline;
  const newest = newestCheckpoint(entries) ?? entries[0] ?? null;
  const current = tag ?? (newest === null ? null : entryId(newest));
  const compare = (id: string) => {
    if (current === null || id === current) return;
    void navigate({
      to: '/timeline/$tag',
      params: { tag: current },
      search: withWords({ with: id, show: null }),
    });
  };
  const pane = () => {
    if (show === 'undone') return <UndonePane project={project} undone={undone.data?.tasks ?? []} />;
    if (current === null) return <EmptyState sentence="Choose an entry of the timeline." />;
    if (other !== null) return <ComparePane project={project} from={current} to={other} />;
    return <Detail project={project} id={current} entries={entries} onCompare={compare} />;
  };
  return (
    <ShowQuery query={query} what="The timeline could not be read.">
      {() => {
        if (entries.length === 0 && tag === null && !isNarrowed(words)) return <Empty />;
        const isList = tag === null && show === null;
        return (
          <div className="timeline" data-shows={isList ? 'list' : 'entry'}>
            <TimelineList
              {...{ project, timeline, current }}
              compared={other}
              undone={undone.data?.tasks.length ?? 0}
              onCompare={compare}
            />
            <Pane isList={isList}>{pane()}</Pane>
          </div>
        );
      }}
    </ShowQuery>
  );
}
