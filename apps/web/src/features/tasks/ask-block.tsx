import type { Decision, TranscriptBlock } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTRPC } from '../../lib/trpc.ts';
import { useDecide } from '../../lib/use-decide.ts';
import { useProjectId } from '../../lib/use-project.ts';
import { Button } from '../../ui/button.tsx';
import { StateIcon } from '../../ui/state-icon.tsx';
import { BlockFrame } from './block-frame.tsx';

function Answers({ decision }: { readonly decision: Decision }) {
  const { decide, block } = useDecide();
  return (
    <div className="block-answers">
      {decision.options.map((option) => (
        <Button
          key={option.id}
          size="sm"
          busy={decide.isPending && decide.variables.choice === option.id}
          disabledBecause={block}
          onClick={() => decide.mutate({ decision: decision.id, choice: option.id })}
        >
          {option.label}
        </Button>
      ))}
      <Link to="/inbox" className="btn btn-sm btn-ghost">
        {decision.kind === 'question' ? 'Answer in your own words' : 'Open in the inbox'}
      </Link>
    </div>
  );
}

/** A question or an approval; while it is open it can be answered right here. */
export function AskBlock({ block, task }: { readonly block: TranscriptBlock; readonly task: string }) {
  const trpc = useTRPC();
  const project = useProjectId();
  const isAsked = block.status === 'active';
  const decisions = useQuery(
    trpc.review.decisions.queryOptions({ project }, { enabled: isAsked && project !== '' }),
  );
  const decision = decisions.data?.decisions.find((one) => one.task === task && one.state === 'open');
  // An answered question may still look active in the transcript; the inbox knows.
  const isOpen = isAsked && decision !== undefined;
  return (
    <BlockFrame
      icon={<StateIcon look={isOpen ? 'waiting' : 'ready'} size={14} />}
      at={block.at}
      {...(isOpen ? { tone: 'ask' } : {})}
    >
      <span className="block-title">
        <b>{block.kind === 'approval' ? 'Asks for permission: ' : 'Asks: '}</b>
        {block.text}
      </span>
      {isOpen && <Answers decision={decision} />}
      {!isOpen && <span className="f11 t3">settled</span>}
    </BlockFrame>
  );
}
