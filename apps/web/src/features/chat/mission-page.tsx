import './chat.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTRPC } from '../../lib/trpc.ts';
import { useProjects } from '../../lib/use-project.ts';
import { EmptyState, ShowQuery } from '../../ui/panel-states.tsx';
import { Chat } from './chat.tsx';
import { Overview } from './overview.tsx';
import type { DrawDecision } from './decision-told.tsx';
import { currentSession } from './session-view.ts';

function Mission({
  project,
  drawDecision,
}: {
  readonly project: string;
  readonly drawDecision: DrawDecision;
}) {
  const trpc = useTRPC();
  const sessions = useQuery(trpc.sessions.list.queryOptions({ project }));
  return (
    <ShowQuery query={sessions} what="The session could not be read.">
      {(data) => {
        const session = currentSession(data.sessions);
        return (
          <div className="mission">
            <h1 className="sr">Mission</h1>
            <Chat project={project} session={session} drawDecision={drawDecision} />
            <Overview project={project} session={session} />
          </div>
        );
      }}
    </ShowQuery>
  );
}

/** Mission: talk with the swarm, see its plan, and what needs you now. */
export function MissionPage({ drawDecision }: { readonly drawDecision: DrawDecision }) {
  const { query, project } = useProjects();
  return (
    <ShowQuery query={query} what="The projects could not be read.">
      {() =>
        project === null ? (
          <EmptyState
            sentence="There is no project yet."
            action={
              <Link to="/welcome" className="btn btn-primary">
                Choose one
              </Link>
            }
          />
        ) : (
          <Mission key={project.id} project={project.id} drawDecision={drawDecision} />
        )
      }
    </ShowQuery>
  );
}
