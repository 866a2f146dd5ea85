import './coordination.css';
import type { Task } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useRef } from 'react';
import { formatAgo, formatNoun } from '../../lib/format.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { useListKeys } from '../../lib/use-list-keys.ts';
import { useNow } from '../../lib/use-now.ts';
import { useProjectId } from '../../lib/use-project.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { ShowQuery } from '../../ui/panel-states.tsx';
import { LookWord } from '../../ui/state-word.tsx';
import { budgetLines, limitLines, queueLines, waitingLines } from './coordination-view.ts';

/** How often the order is asked for (ms): waiting raises tasks without any event. */
const ORDER_LOOK_MS = 5_000;

function Part({
  title,
  count,
  none,
  children,
}: {
  readonly title: string;
  readonly count: number;
  /** Said where there is nothing. */
  readonly none: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="card coordination-part" aria-label={title}>
      <h2>{title}</h2>
      {count === 0 ? <p className="f12 t2">{none}</p> : <ul>{children}</ul>}
    </section>
  );
}

function TaskLink({ task }: { readonly task: Task }) {
  return (
    <Link to="/tasks/$task" params={{ task: task.id }} className="link cut coordination-title" data-item>
      {task.title}
    </Link>
  );
}

function Queue({ project, tasks }: { readonly project: string; readonly tasks: readonly Task[] }) {
  const trpc = useTRPC();
  const now = useNow();
  const query = useQuery({
    ...trpc.tasks.queue.queryOptions({ project }),
    refetchInterval: ORDER_LOOK_MS,
  });
  const lines = queueLines(tasks, query.data?.order ?? [], now);
  return (
    <Part
      title="Queue"
      count={lines.length}
      none="Nothing waits for its turn: whatever may start has started."
    >
      {lines.map(({ task, place, why }) => (
        <li key={task.id}>
          <span className="mono t3 coordination-place">{place}</span>
          <AgentDisc name={task.agent} size="sm" />
          <TaskLink task={task} />
          {task.priority !== undefined && task.priority !== 'normal' && (
            <span className="tag">{task.priority}</span>
          )}
          <span className="t2">{why}</span>
          <span className="mono f11 t3">{formatAgo(task.since, now)}</span>
        </li>
      ))}
    </Part>
  );
}

function Waits({ tasks }: { readonly tasks: readonly Task[] }) {
  const lines = waitingLines(tasks);
  return (
    <Part title="Waits for others" count={lines.length} none="No task waits for another one.">
      {lines.map(({ task, on, why }) => (
        <li key={task.id}>
          <AgentDisc name={task.agent} size="sm" />
          <TaskLink task={task} />
          {on.length === 0 ? (
            <span className="t2">{why}</span>
          ) : (
            <span className="t2">
              for{' '}
              {on.map((other, index) => (
                <span key={other.id}>
                  {index > 0 && ', '}
                  <Link to="/tasks/$task" params={{ task: other.id }} className="link">
                    {other.title}
                  </Link>
                </span>
              ))}
            </span>
          )}
        </li>
      ))}
    </Part>
  );
}

function Limits() {
  const trpc = useTRPC();
  const now = useNow();
  const lines = limitLines(useQuery(trpc.agents.list.queryOptions()).data?.agents ?? [], now);
  return (
    <Part title="Vendors’ limits" count={lines.length} none="No vendor holds an agent back.">
      {lines.map(({ agent, words }) => (
        <li key={agent.name}>
          <AgentDisc name={agent.name} size="sm" />
          <span className="coordination-title">{agent.title}</span>
          <span className="t2">{words}</span>
        </li>
      ))}
    </Part>
  );
}

function Budgets({ project }: { readonly project: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.projects.settings.queryOptions({ project }));
  const lines = query.data === undefined ? [] : budgetLines(query.data.config);
  return (
    <Part
      title="Budgets"
      count={lines.length}
      none="None is set: there is no throttle but the vendors’ own limits."
    >
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </Part>
  );
}

/** What holds everything back at once: a pause, a Save, or a mode in which one task is tried at a time. */
function Holds({ project }: { readonly project: string }) {
  const trpc = useTRPC();
  const now = useNow();
  const paused = useQuery(trpc.sessions.list.queryOptions({ project })).data?.paused ?? false;
  const status = useQuery(trpc.ops.status.queryOptions({ project })).data;
  const degraded = status?.degraded ?? null;
  const saving = status?.save ?? null;
  const count = Number(paused) + Number(degraded !== null) + Number(saving !== null);
  return (
    <Part title="For everybody" count={count} none="Nothing holds all of them back.">
      {paused && (
        <li>
          <LookWord look="waiting" word="Paused by a person: nothing new starts, running agents go on." />
        </li>
      )}
      {saving !== null && (
        <li>
          <LookWord look="running" word="A Save runs: nothing new starts until it has ended." />
          <Link to="/save" className="link">
            Look at it
          </Link>
        </li>
      )}
      {degraded !== null && (
        <li>
          <LookWord look="waiting" word="Degraded: one task at a time is tried." />
          <span className="t2">
            {degraded.reason}, {formatAgo(degraded.since, now)}
          </span>
        </li>
      )}
    </Part>
  );
}

/** Who waits, for what and how long: the queue, its holds, budgets and limits. */
export function CoordinationPage() {
  const trpc = useTRPC();
  const project = useProjectId();
  const box = useRef<HTMLDivElement>(null);
  useListKeys(box);
  const query = useQuery(trpc.tasks.list.queryOptions({ project }, { enabled: project !== '' }));
  return (
    <div className="page">
      <div className="coordination" ref={box}>
        <header className="row">
          <h1>Coordination</h1>
          <span className="f12 t2">
            {query.data === undefined
              ? ''
              : `${formatNoun(query.data.tasks.filter(({ state }) => state === 'running').length, 'task')} at work`}
          </span>
        </header>
        <ShowQuery query={query} what="The queue could not be read.">
          {({ tasks }) => (
            <>
              <Holds project={project} />
              <Queue project={project} tasks={tasks} />
              <Waits tasks={tasks} />
            </>
          )}
        </ShowQuery>
        <Limits />
        {project !== '' && <Budgets project={project} />}
      </div>
    </div>
  );
}
