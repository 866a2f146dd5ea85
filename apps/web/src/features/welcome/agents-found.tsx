import type { AgentInfo } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { Shield, ShieldOff } from 'lucide-react';
import { isCommand, isReady, readiness, sortAgents } from '../../lib/agent-readiness.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { ShowQuery } from '../../ui/panel-states.tsx';
import { LookWord } from '../../ui/state-word.tsx';

function Agent({ agent }: { readonly agent: AgentInfo }) {
  const { look, word } = readiness(agent);
  return (
    <li className={classes('welcome-agent', !agent.installed && 'welcome-agent-off')}>
      <AgentDisc name={agent.name} size="lg" />
      <div className="grow col">
        <span className="row" style={{ minHeight: 30 }}>
          <b>{agent.title}</b>
          {agent.version !== null && <span className="mono f11 t3 cut">{agent.version}</span>}
          <span className="grow" />
          <LookWord look={look} word={word} />
        </span>
        {agent.fix !== null &&
          (isCommand(agent.fix) ? (
            <CodeBlock text={agent.fix} wraps />
          ) : (
            <p className="f12 t2">{agent.fix}</p>
          ))}
      </div>
    </li>
  );
}

/** Which agents are on this machine, which are ready, and the exact command that mends what is not. */
export function AgentsFound() {
  const trpc = useTRPC();
  const query = useQuery(trpc.agents.list.queryOptions());
  const agents = query.data?.agents ?? [];
  const isContained = agents.some((agent) => agent.contained);
  const Icon = isContained ? Shield : ShieldOff;
  return (
    <section aria-labelledby="welcome-agents">
      <div className="welcome-heading">
        <h2 id="welcome-agents">Agents on this machine</h2>
        {query.data !== undefined && (
          <span className="mono f11 t3">
            {agents.filter(isReady).length} of {agents.length} ready
          </span>
        )}
      </div>
      <div className="card">
        <ShowQuery query={query} what="The agents could not be looked up.">
          {() => (
            <ul>
              {sortAgents(agents).map((agent) => (
                <Agent key={agent.name} agent={agent} />
              ))}
            </ul>
          )}
        </ShowQuery>
        <div className="welcome-agents-foot">
          <Icon size={14} aria-hidden />
          <span className="f12 t2 grow">
            {isContained
              ? 'Contained: agents see their worktree only'
              : 'Not contained: agents run as you, in their own process groups'}
          </span>
          <Button size="sm" busy={query.isFetching} onClick={() => void query.refetch()}>
            Look again
          </Button>
        </div>
      </div>
    </section>
  );
}
