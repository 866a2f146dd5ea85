import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatUsd } from '../lib/format.ts';
import { useTRPC } from '../lib/trpc.ts';
import { useProjectId } from '../lib/use-project.ts';
import { AgentDisc } from '../ui/agent-disc.tsx';

const SHOWN = 5;

/** Who works now, and what it has cost; a way to the agents. */
export function WorkingAgents() {
  const trpc = useTRPC();
  const project = useProjectId();
  const { data } = useQuery(trpc.tasks.list.queryOptions({ project }, { enabled: project !== '' }));
  const tasks = data?.tasks ?? [];
  const working = tasks.filter((task) => task.state === 'running');
  const waiting = tasks.filter((task) => task.state === 'waiting');
  const usd = tasks.reduce((sum, task) => sum + (task.cost?.usd ?? 0), 0);
  const names = [
    ...new Map([...working, ...waiting].map((task) => [task.agent, task.state === 'waiting'])).entries(),
  ].slice(0, SHOWN);
  return (
    <Link to="/agents" className="bar-working" title="Agents at work">
      {names.length > 0 && (
        <span className="disc-stack">
          {names.map(([name, isOff]) => (
            <AgentDisc key={name} name={name} isOff={isOff} />
          ))}
        </span>
      )}
      <span className="f12 t2">{working.length === 0 ? 'nobody works' : `${working.length} working`}</span>
      {usd > 0 && <span className="mono f12 t3 bar-hide-narrow">{formatUsd(usd)}</span>}
    </Link>
  );
}
