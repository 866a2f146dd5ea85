import type { Session } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTRPC } from '../../lib/trpc.ts';
import { openConflicts, useConflicts } from '../../lib/use-conflicts.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { StateIcon } from '../../ui/state-icon.tsx';
import { LookWord } from '../../ui/state-word.tsx';
import { countTasks, type Need, needsMe, SESSION_LOOKS, type TaskCount } from './session-view.ts';

const places = { inbox: '/inbox', mission: '/', save: '/save' } as const;

function NeedRow({ need }: { readonly need: Need }) {
  const { to } = need;
  const content = (
    <>
      {need.agent === null ? <StateIcon look={need.look} /> : <AgentDisc name={need.agent} size="sm" />}
      <span>
        {need.text}
        <span className="row t3 f11">
          <LookWord look={need.look} word={need.word} />
        </span>
      </span>
    </>
  );
  if (to.kind === 'conflict')
    return (
      <Link to="/conflicts/$conflict" params={{ conflict: to.conflict }} className="overview-need">
        {content}
      </Link>
    );
  return to.kind === 'review' || to.kind === 'task' ? (
    <Link
      to={to.kind === 'review' ? '/review/$task' : '/tasks/$task'}
      params={{ task: to.task }}
      className="overview-need"
    >
      {content}
    </Link>
  ) : (
    <Link to={places[to.kind]} className="overview-need">
      {content}
    </Link>
  );
}

function SessionPart({ session }: { readonly session: Session }) {
  const { look, word } = SESSION_LOOKS[session.state];
  return (
    <section className="overview-quiet">
      <h2>Session</h2>
      <span className="row">
        <LookWord look={look} word={word} isChip />
        <span className="mono f11 t3 cut">{session.id}</span>
      </span>
      <p className="f12 t2">{session.title}</p>
      {session.reason !== null && <p className="f12 t2">{session.reason}</p>}
    </section>
  );
}

function useStanding(project: string, session: Session | null) {
  const trpc = useTRPC();
  const tasks = useQuery(trpc.tasks.list.queryOptions({ project }));
  const decisions = useQuery(trpc.review.decisions.queryOptions({ project }));
  const goals = useQuery(
    trpc.planning.goals.queryOptions({ session: session?.id ?? '' }, { enabled: session !== null }),
  );
  const conflicts = openConflicts(useConflicts());
  const facts = {
    conflicts,
    decisions: decisions.data?.decisions ?? [],
    goals: goals.data?.goals ?? [],
    tasks: tasks.data?.tasks ?? [],
  };
  const own = session === null ? [] : facts.tasks.filter((task) => task.session === session.id);
  return { needs: needsMe(facts), counts: countTasks(own) };
}

function Counts({ counts }: { readonly counts: readonly TaskCount[] }) {
  return (
    <section className="overview-quiet">
      <h2>Tasks</h2>
      {counts.length === 0 && <p className="t2 f12">None yet.</p>}
      {counts.map(({ look, word, count }) => (
        <span key={look} className="overview-count">
          <LookWord look={look} word={word} />
          <b className="mono">{count}</b>
        </span>
      ))}
      {counts.length > 0 && (
        <Link to="/graph" className="link f12">
          See them as a graph
        </Link>
      )}
    </section>
  );
}

/** Where the session stands: what needs me now, and the tasks by state. */
export function Overview({
  project,
  session,
}: {
  readonly project: string;
  readonly session: Session | null;
}) {
  const { needs, counts } = useStanding(project, session);
  return (
    <aside className="overview" aria-label="Where things stand">
      <section>
        <h2>Needs you now</h2>
        {needs.length === 0 && <p className="t2 f12">Nothing. Agents go on by themselves.</p>}
        {needs.map((need) => (
          <NeedRow key={need.key} need={need} />
        ))}
      </section>
      <Counts counts={counts} />
      {session !== null && <SessionPart session={session} />}
    </aside>
  );
}
