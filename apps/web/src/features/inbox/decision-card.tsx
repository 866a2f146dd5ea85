import type { Decision, Task } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatAgo } from '../../lib/format.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { useNow } from '../../lib/use-now.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { StateIcon } from '../../ui/state-icon.tsx';
import { LookWord } from '../../ui/state-word.tsx';
import { UnifiedDiff } from '../../ui/unified-diff.tsx';
import { DecisionAnswers } from './decision-answers.tsx';
import { isDiff, KIND_WORDS, withoutAnswer } from './inbox-view.ts';
import { riskOf } from './risk.ts';

function Detail({ decision }: { readonly decision: Decision }) {
  if (decision.detail.trim() === '') return null;
  if (['question', 'failure', 'silence'].includes(decision.kind))
    return <p className="t2">{decision.detail}</p>;
  if (isDiff(decision.detail)) return <UnifiedDiff patch={decision.detail} label="What it wants to change" />;
  return (
    <CodeBlock
      text={decision.detail}
      wraps
      label={decision.kind === 'trust' ? 'exactly this is trusted' : 'exactly this'}
    />
  );
}

function Facts({ decision }: { readonly decision: Decision }) {
  const trpc = useTRPC();
  const contained = useQuery(trpc.ops.info.queryOptions()).data?.contained;
  const risk = riskOf(decision);
  const now = useNow('half-minute');
  const advice = decision.options.find((option) => option.id === decision.recommended);
  return (
    <dl className="inbox-facts">
      {risk.level !== 'none' && (
        <>
          <dt>Risk</dt>
          <dd>
            <LookWord
              look={risk.level === 'high' ? 'conflict' : 'waiting'}
              word={`${risk.level}: ${risk.words}`}
            />
            {contained === false && <span className="t2"> It runs as you, in no sandbox.</span>}
          </dd>
        </>
      )}
      {advice !== undefined && (
        <>
          <dt>Advice</dt>
          <dd>{advice.label}</dd>
        </>
      )}
      <dt>No answer</dt>
      <dd>
        {withoutAnswer(decision)}
        {decision.deadline !== null &&
          `, ${decision.deadline > now ? 'by' : 'since'} ${new Date(decision.deadline).toLocaleTimeString()}`}
      </dd>
    </dl>
  );
}

/** A decision laid open: what exactly it is about, then the buttons. */
export function DecisionCard({
  decision,
  task,
  hasKeys = true,
}: {
  readonly decision: Decision;
  readonly task: Task | null;
  /** Whether single keys answer it; where several are laid open at once, none may. */
  readonly hasKeys?: boolean;
}) {
  const now = useNow('half-minute');
  return (
    <article className="inbox-card" data-item tabIndex={-1} aria-label={decision.summary}>
      <header className="inbox-card-head">
        {task === null ? <StateIcon look="waiting" size={20} /> : <AgentDisc name={task.agent} size="lg" />}
        <div className="grow">
          <h3>{decision.summary}</h3>
          <span className="f12 t2">
            {task === null ? (
              KIND_WORDS[decision.kind]
            ) : (
              <>
                {task.agent} {KIND_WORDS[decision.kind]} in{' '}
                <Link to="/tasks/$task" params={{ task: task.id }} className="link">
                  {task.title}
                </Link>
              </>
            )}
            , {formatAgo(decision.createdAt, now)}
          </span>
        </div>
        <LookWord look="waiting" word="Waits for you" />
      </header>
      <div className="inbox-card-detail">
        <Detail decision={decision} />
      </div>
      <Facts decision={decision} />
      <DecisionAnswers decision={decision} isOn={hasKeys} />
    </article>
  );
}
