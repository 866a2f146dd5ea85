import './agents.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { isReady, sortAgents } from '../../lib/agent-readiness.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ShowQuery, Skeleton } from '../../ui/panel-states.tsx';
import { AgentItem } from './agent-item.tsx';
import { useWishes } from './use-wishes.ts';

/** Agents of this machine: what is there, how it does, what is missing, and the command that mends it. */
export function AgentsPage() {
  const trpc = useTRPC();
  const query = useQuery(trpc.agents.list.queryOptions());
  const wishes = useWishes();
  return (
    <div className="page">
      <div className="agents">
        <header className="row">
          <h1>Agents</h1>
          <span className="f12 t3 grow">
            {query.data === undefined
              ? ''
              : `${query.data.agents.filter(isReady).length} of ${query.data.agents.length} ready`}
          </span>
          <Link to="/coordination" className="btn btn-ghost">
            Who waits
          </Link>
          <Button busy={query.isFetching} onClick={() => void query.refetch()}>
            Look again
          </Button>
        </header>
        <ShowQuery
          query={query}
          what="The agents could not be looked up."
          skeleton={<Skeleton widths={[90, 90, 90, 90]} label="Looking for agents" />}
        >
          {({ agents }) =>
            agents.length === 0 ? (
              <EmptyState sentence="No agent is known to this build." />
            ) : (
              <ul className="card agents-list">
                {sortAgents(agents).map((agent) => (
                  <AgentItem key={agent.name} agent={agent} wish={wishes[agent.name] ?? {}} />
                ))}
              </ul>
            )
          }
        </ShowQuery>
        <p className="f12 t3">
          In a sandbox an agent sees its worktree and what the policy allows, nothing else of this machine.
          Without one it runs as you. A goal that names an agent always gets it; else Thalogos weighs skill,
          past, load, cost and the project’s preference, and each task says why it went where it did.
        </p>
      </div>
    </div>
  );
}
