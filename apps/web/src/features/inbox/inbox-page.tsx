import './inbox.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { formatNoun } from '../../lib/format.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { openConflicts, useConflicts } from '../../lib/use-conflicts.ts';
import { useAddressChoice } from '../../lib/use-address-choice.ts';
import { useListKeys } from '../../lib/use-list-keys.ts';
import { useProjectId } from '../../lib/use-project.ts';
import { EmptyState, ShowQuery } from '../../ui/panel-states.tsx';
import { ApproveLooked } from './approve-looked.tsx';
import { DecisionCard } from './decision-card.tsx';
import { type Inbox, SECTIONS, type SectionId, sortInbox } from './inbox-view.ts';
import { InboxRow } from './inbox-row.tsx';

type Filter = SectionId | 'all';

function Chips({
  inbox,
  filter,
  onFilter,
}: {
  readonly inbox: Inbox;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}) {
  const total = Object.values(inbox).reduce((sum, items) => sum + items.length, 0);
  const chips = [
    { id: 'all' as const, chip: 'All', count: total },
    ...SECTIONS.map(({ id, chip }) => ({ id, chip, count: inbox[id].length })),
  ];
  return (
    <div className="inbox-chips" role="group" aria-label="Sections">
      {chips.map(({ id, chip, count }) => (
        <button
          key={id}
          type="button"
          className="inbox-chip"
          aria-pressed={filter === id}
          onClick={() => onFilter(id)}
        >
          {chip} <b>{count}</b>
        </button>
      ))}
    </div>
  );
}

function Sections({ inbox }: { readonly inbox: Inbox }) {
  const box = useRef<HTMLDivElement>(null);
  const [section, chooseSection] = useAddressChoice('section');
  const [chosen, setChosen] = useAddressChoice('decision');
  const filter: Filter = SECTIONS.find(({ id }) => id === section)?.id ?? 'all';
  const setFilter = (next: Filter) => chooseSection(next === 'all' ? null : next, 'replace');
  const decisions = SECTIONS.flatMap(({ id }) => inbox[id].filter((item) => item.kind === 'decision'));
  // One decision is laid open: the chosen one, else whoever waited longest.
  const open = decisions.find((item) => item.id === chosen) ?? decisions[0];
  useListKeys(box);
  const shown = SECTIONS.filter(({ id }) => (filter === 'all' || filter === id) && inbox[id].length > 0);
  return (
    <div ref={box} className="col" style={{ gap: 10 }}>
      <Chips inbox={inbox} filter={filter} onFilter={setFilter} />
      {shown.length === 0 && <EmptyState sentence="Nothing here." />}
      {shown.map(({ id, title }) => (
        <section key={id} className="inbox-section" aria-label={title}>
          <header className="row">
            <h2 className="label grow">{title}</h2>
            {id === 'review' && (
              <ApproveLooked
                tasks={inbox.review.flatMap((item) => (item.kind === 'review' ? [item.task] : []))}
              />
            )}
          </header>
          {inbox[id].map((item) =>
            item.kind === 'decision' && item === open ? (
              <DecisionCard key={item.id} decision={item.decision} task={item.task} />
            ) : (
              <InboxRow key={item.id} item={item} onOpen={() => setChosen(item.id, 'replace')} />
            ),
          )}
        </section>
      ))}
    </div>
  );
}

/** What waits for the person: decisions, questions, conflicts, results to review, what failed. */
export function InboxPage() {
  const trpc = useTRPC();
  const project = useProjectId();
  const enabled = project !== '';
  const decisions = useQuery(trpc.review.decisions.queryOptions({ project }, { enabled }));
  const tasks = useQuery(trpc.tasks.list.queryOptions({ project }, { enabled }));
  const conflicts = openConflicts(useConflicts());
  return (
    <div className="page">
      <div className="inbox">
        <ShowQuery query={decisions} what="The inbox could not be read.">
          {(data) => {
            const inbox = sortInbox(data.decisions, tasks.data?.tasks ?? [], conflicts);
            const count = Object.values(inbox).reduce((sum, items) => sum + items.length, 0);
            return (
              <>
                <header className="inbox-head">
                  <h1>Inbox</h1>
                  <span className="f12 t2">
                    {count === 0 ? 'nothing waits for you' : `${formatNoun(count, 'thing')} for you`}
                  </span>
                </header>
                {count === 0 ? (
                  <EmptyState
                    sentence="Nothing waits for you; agents go on by themselves."
                    action={
                      <Link to="/graph" className="btn">
                        Watch them
                      </Link>
                    }
                  />
                ) : (
                  <Sections inbox={inbox} />
                )}
              </>
            );
          }}
        </ShowQuery>
      </div>
    </div>
  );
}
