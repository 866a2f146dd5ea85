import type { Decision, Task } from '@thalogos/contracts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { CodeBlock } from '../../ui/code-block.tsx';
import { LookWord } from '../../ui/state-word.tsx';
import { outcomeWords } from './chat-view.ts';

/** Draws a decision that is open, with the ways to answer it; the shell brings it along from the inbox. */
export type DrawDecision = (decision: Decision, task: Task | null) => ReactNode;

/** A decision in the chat: open, it is answered right here; settled, it stays in its place with what became of it. */
export function DecisionTold({
  decision,
  task,
  draw,
}: {
  readonly decision: Decision;
  readonly task: Task | null;
  readonly draw: DrawDecision;
}) {
  if (decision.state === 'open') return <div className="chat-decision">{draw(decision, task)}</div>;
  return (
    <article className="chat-decision chat-decided" aria-label={decision.summary}>
      <div className="news-head">
        <LookWord look={decision.state === 'answered' ? 'ready' : 'cancelled'} word={decision.summary} />
        {task !== null && (
          <Link to="/tasks/$task" params={{ task: task.id }} className="link cut f12">
            {task.title}
          </Link>
        )}
      </div>
      <p className="t2 f12">{outcomeWords(decision)}</p>
      {decision.detail.trim() !== '' && (
        <details className="f12">
          <summary>What it was about</summary>
          <CodeBlock text={decision.detail} wraps label="exactly this" />
        </details>
      )}
    </article>
  );
}
