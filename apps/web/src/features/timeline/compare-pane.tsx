import type { Comparison } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowLeftRight, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatClock, formatNoun, formatOid, formatSequence } from '../../lib/format.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { ShowQuery } from '../../ui/panel-states.tsx';
import { LookWord } from '../../ui/state-word.tsx';
import { CompareFiles } from './compare-files.tsx';
import { checkChange, compareSentence } from './compare-view.ts';
import { withWords } from './with-words.ts';

interface PaneProps {
  readonly project: string;
  /** The tags of the two checkpoints. */
  readonly from: string;
  readonly to: string;
}

function Head({ from, to }: Pick<PaneProps, 'from' | 'to'>) {
  return (
    <header className="row timeline-compare-head">
      <h2 className="grow">
        {formatSequence(from)} compared with {formatSequence(to)}
      </h2>
      <Link to="/timeline/$tag" params={{ tag: to }} search={withWords({ with: from })} className="btn">
        <ArrowLeftRight size={14} aria-hidden /> The other way round
      </Link>
      <Link
        to="/timeline/$tag"
        params={{ tag: from }}
        search={withWords({ with: null })}
        className="btn btn-ghost"
      >
        <X size={14} aria-hidden /> Only {formatSequence(from)}
      </Link>
    </header>
  );
}

function End({ name, end }: { readonly name: string; readonly end: Comparison['from'] }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Link to="/timeline/$tag" params={{ tag: end.tag }} className="link">
          {formatSequence(end.tag)} {end.summary}
        </Link>{' '}
        <span className="mono f11 t3">
          {formatOid(end.commit)}, {formatClock(end.at)}
        </span>
      </dd>
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="label timeline-tasks-head">{title}</h3>
      {children}
    </section>
  );
}

function Tasks({ tasks }: { readonly tasks: Comparison['tasks'] }) {
  const titles = { gained: 'Only in the second', lost: 'Only in the first' } as const;
  return (['gained', 'lost'] as const).map((side) => {
    const those = tasks.filter((task) => task.side === side);
    if (those.length === 0) return null;
    return (
      <Part key={side} title={`${titles[side]}: ${formatNoun(those.length, 'task')}`}>
        <ul className="timeline-tasks">
          {those.map((task) => (
            <li key={`${task.tag} ${task.id}`}>
              <AgentDisc name={task.agent} size="sm" />
              <Link to="/tasks/$task" params={{ task: task.id }} className="link cut grow">
                {task.title}
              </Link>
              <span className="f12 t3">{task.agent}</span>
              <Link to="/timeline/$tag" params={{ tag: task.tag }} className="link mono f11">
                {formatSequence(task.tag)}
              </Link>
            </li>
          ))}
        </ul>
      </Part>
    );
  });
}

function Between({ found }: { readonly found: Comparison }) {
  const { commits, between, totals } = found;
  return (
    <>
      {between.length > 0 && (
        <Part title={`${formatNoun(between.length, 'entry', 'entries')} of the timeline between them`}>
          <ul className="timeline-plain">
            {between.map((entry) => (
              <li key={entry.id}>
                <Link to="/timeline/$tag" params={{ tag: entry.id }} className="link cut">
                  {entry.kind === 'failed' ? 'Save stopped: ' : ''}
                  {entry.summary}
                </Link>
                <span className="mono f11 t3">{formatClock(entry.at)}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {totals.commits > 0 && (
        <details className="timeline-commits">
          <summary className="f12 t2">{formatNoun(totals.commits, 'commit')}</summary>
          <ul className="timeline-plain">
            {commits.map((commit) => (
              <li key={commit.oid}>
                <span className="mono f11 t3">{formatOid(commit.oid)}</span>
                <span className="cut grow">{commit.title}</span>
                <span className="f12 t3">
                  {commit.author}
                  {commit.side === 'lost' ? ', only in the first' : ''}
                </span>
              </li>
            ))}
            {totals.commits > commits.length && (
              <li className="t3">and {formatNoun(totals.commits - commits.length, 'older commit')}</li>
            )}
          </ul>
        </details>
      )}
    </>
  );
}

function Checks({ checks }: { readonly checks: Comparison['checks'] }) {
  if (checks.length === 0) return <p className="f12 t2">No check looked at either of them.</p>;
  return (
    <ul className="timeline-plain">
      {checks.map((check) => {
        const { look, words } = checkChange(check);
        return (
          <li key={check.name}>
            <span className="grow cut">{check.name}</span>
            <LookWord look={look} word={words} />
          </li>
        );
      })}
    </ul>
  );
}

/** What lies between two checkpoints: files, tasks, agents, checks and commits, in either order. */
export function ComparePane({ project, from, to }: PaneProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.timeline.compare.queryOptions({ project, from, to }));
  return (
    <section className="timeline-detail" aria-label="Comparison">
      <Head from={from} to={to} />
      <ShowQuery query={query} what="The two could not be compared.">
        {(found) => (
          <>
            <p className="t2">{compareSentence(found)}</p>
            <dl className="timeline-facts">
              <End name="First" end={found.from} />
              <End name="Second" end={found.to} />
              {found.agents.length > 0 && (
                <div>
                  <dt>Agents</dt>
                  <dd>{found.agents.join(', ')}</dd>
                </div>
              )}
            </dl>
            <Tasks tasks={found.tasks} />
            <Part title="Checks">
              <Checks checks={found.checks} />
            </Part>
            <Between found={found} />
            <CompareFiles project={project} found={found} />
          </>
        )}
      </ShowQuery>
    </section>
  );
}
