import type { AgentInfo } from '@thalogos/contracts';
import { isCommand, readiness } from '../../lib/agent-readiness.ts';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useNow } from '../../lib/use-now.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { classes } from '../../ui/classes.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Check } from '../../ui/field.tsx';
import { LookWord } from '../../ui/state-word.tsx';
import { agentFacts, type ProjectWish } from './agent-view.ts';
import { useSwitchAgent } from './use-switch-agent.ts';

function Facts({ agent, wish }: { readonly agent: AgentInfo; readonly wish: ProjectWish }) {
  const now = useNow();
  return (
    <dl className="agents-facts">
      {agentFacts(agent, now, wish).map(({ name, value, isBad }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={classes(isBad && 'agents-bad')}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What is missing, and the command or sentence that mends it. */
function Missing({ agent }: { readonly agent: AgentInfo }) {
  const { problems, fix, limit } = agent;
  return (
    <>
      {limit !== null && <p className="f12 t2">Its vendor said: {limit.reason}</p>}
      {problems.length > 0 && <p className="f12 t2">{problems.join('; ')}.</p>}
      {fix !== null && (isCommand(fix) ? <CodeBlock text={fix} /> : <p className="f12 t2">{fix}</p>)}
    </>
  );
}

/** What seldom matters: where it is, why this version, what it is good at and what it can't do. */
function More({ agent }: { readonly agent: AgentInfo }) {
  const { path, minimum, profile, lacks, account } = agent;
  const rows: readonly (readonly [string, string | null])[] = [
    ['Program', path],
    ['Oldest version', minimum === null ? null : `${minimum.version}: ${minimum.why}`],
    ['Good at', profile.skills.join(', ')],
    ['Cost', profile.cost],
    ['Models', profile.models.length === 0 ? 'its own choice' : profile.models.join(', ')],
    ['Account', account],
    ['Can’t', lacks.length === 0 ? null : lacks.join('; ')],
  ];
  return (
    <details className="agents-more">
      <summary className="f12 t3">More about {agent.title}</summary>
      <dl>
        {rows.flatMap(([name, value]) =>
          value === null || value === ''
            ? []
            : [
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>,
              ],
        )}
      </dl>
    </details>
  );
}

/** One agent: how it stands, what is missing, and the switch that gives it work or none. */
export function AgentItem({
  agent,
  wish,
}: {
  readonly agent: AgentInfo;
  /** What the project says of it. */
  readonly wish: ProjectWish;
}) {
  const { look, word } = readiness(agent);
  const block = useWriteBlock();
  const { change, isPending } = useSwitchAgent();
  return (
    <li className={classes('agents-item', !agent.installed && 'agents-off')} aria-label={agent.title}>
      <AgentDisc name={agent.name} size="lg" />
      <div className="agents-body">
        <div className="agents-head">
          <h2>{agent.title}</h2>
          {agent.version !== null && <span className="mono f11 t3">{agent.version}</span>}
          <LookWord look={look} word={word} />
          <span className="grow" />
          <Check
            role="switch"
            label="Gets tasks"
            aria-label={`${agent.title} gets tasks`}
            checked={agent.isOn}
            disabled={block !== null || isPending}
            title={block ?? undefined}
            onChange={(event) => change(agent.name, event.target.checked)}
          />
        </div>
        <Facts agent={agent} wish={wish} />
        <Missing agent={agent} />
        <More agent={agent} />
      </div>
    </li>
  );
}
