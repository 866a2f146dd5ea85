import './agents.css';
import type { AgentInfo, Task } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { Shield, ShieldOff } from 'lucide-react';
import { formatNoun, formatTokens, formatUsd } from '../../lib/format.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { useProjectId } from '../../lib/use-project.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { EmptyState, ShowQuery } from '../../ui/panel-states.tsx';
import { LookWord } from '../../ui/state-word.tsx';
import { isCommand, isReady, readiness, sortAgents } from '../../lib/agent-readiness.ts';

function Load({ tasks }: { readonly tasks: readonly Task[] }) {
  const working = tasks.filter((task) => task.state === 'running' || task.state === 'waiting').length;
  const tokens = tasks.reduce((sum, task) => sum + (task.cost?.tokens ?? 0), 0);
  const usd = tasks.reduce((sum, task) => sum + (task.cost?.usd ?? 0), 0);
  if (tasks.length === 0) return <span>no task in this project yet</span>;
  return (
    <span>
      {working > 0 ? `${working} at work, ` : ''}
      {formatNoun(tasks.length, 'task')}
      {tokens > 0 && `, ${formatTokens(tokens)} tokens`}
      {usd > 0 && `, ${formatUsd(usd)}`}
    </span>
  );
}

function Item({ agent, tasks }: { readonly agent: AgentInfo; readonly tasks: readonly Task[] }) {
  const { look, word } = readiness(agent);
  const Icon = agent.contained ? Shield : ShieldOff;
  return (
    <li className={classes('agents-item', !agent.installed && 'agents-off')}>
      <AgentDisc name={agent.name} size="lg" />
      <div className="grow col">
        <span className="row">
          <h2>{agent.title}</h2>
          {agent.version !== null && <span className="mono f11 t3">{agent.version}</span>}
          <span className="grow" />
          <LookWord look={look} word={word} />
        </span>
        <span className="agents-item-facts">
          {agent.path !== null && (
            <span className="mono cut" title={agent.path}>
              {agent.path}
            </span>
          )}
          <span className="row" style={{ gap: 4 }}>
            <Icon size={12} aria-hidden />
            {agent.contained ? 'contained' : 'not contained'}
          </span>
          <Load tasks={tasks} />
        </span>
        {agent.fix !== null &&
          (isCommand(agent.fix) ? <CodeBlock text={agent.fix} /> : <p className="f12 t2">{agent.fix}</p>)}
      </div>
    </li>
  );
}

/** Agents of this machine: what is there, what is missing, and the command that mends it. */
export function AgentsPage() {
  const trpc = useTRPC();
  const project = useProjectId();
  const query = useQuery(trpc.agents.list.queryOptions());
  const tasks = useQuery(trpc.tasks.list.queryOptions({ project }, { enabled: project !== '' }));
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
          <Button busy={query.isFetching} onClick={() => void query.refetch()}>
            Look again
          </Button>
        </header>
        <ShowQuery query={query} what="The agents could not be looked up.">
          {({ agents }) =>
            agents.length === 0 ? (
              <EmptyState sentence="No agent is known to this build." />
            ) : (
              <ul className="card agents-list">
                {sortAgents(agents).map((agent) => (
                  <Item
                    key={agent.name}
                    agent={agent}
                    tasks={(tasks.data?.tasks ?? []).filter((task) => task.agent === agent.name)}
                  />
                ))}
              </ul>
            )
          }
        </ShowQuery>
        <p className="f12 t3">
          Contained: an agent sees its worktree and what the policy allows, nothing else of this machine. Not
          contained: it runs as you, in its own process group.
        </p>
      </div>
    </div>
  );
}
