import type { ChatMessage, Task } from '@thalogos/contracts';
import { Link } from '@tanstack/react-router';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { formatClock } from '../../lib/format.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { Button } from '../../ui/button.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { formatNoun } from '../../lib/format.ts';

function Line({ message }: { readonly message: ChatMessage }) {
  return (
    <div className="news-line">
      <time className="mono f11 t3" dateTime={new Date(message.at).toISOString()}>
        {formatClock(message.at)}
      </time>
      <Markdown text={message.content} />
    </div>
  );
}

/** What the Guide told of one task: its state, the newest line, and the earlier ones folded away. */
export function TaskNews({
  messages,
  task,
}: {
  readonly messages: readonly ChatMessage[];
  readonly task: Task | null;
}) {
  const [isOpen, setOpen] = useState(false);
  const list = useId();
  const earlier = messages.slice(0, -1);
  const newest = messages.at(-1);
  return (
    <article className="chat-message" aria-label={task === null ? 'News' : `News of ${task.title}`}>
      <AgentDisc name="Guide" size="lg" />
      <div className="chat-message-body news">
        {task !== null && (
          <div className="news-head">
            <StateWord state={task.state} />
            <Link to="/tasks/$task" params={{ task: task.id }} className="link cut">
              {task.title}
            </Link>
          </div>
        )}
        {isOpen && (
          <div id={list} className="news-earlier">
            {earlier.map((message) => (
              <Line key={message.id} message={message} />
            ))}
          </div>
        )}
        {newest !== undefined && <Line message={newest} />}
        {earlier.length > 0 && (
          <Button
            variant="ghost"
            size="sm"
            className="news-toggle"
            aria-expanded={isOpen}
            aria-controls={isOpen ? list : undefined}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? <ChevronDown size={12} aria-hidden /> : <ChevronRight size={12} aria-hidden />}
            {isOpen ? 'Hide earlier' : formatNoun(earlier.length, 'earlier line')}
          </Button>
        )}
      </div>
    </article>
  );
}
