import type { ChatMessage, Task } from '@thalogos/contracts';
import { Link } from '@tanstack/react-router';
import { formatClock } from '../../lib/format.ts';
import { AgentDisc } from '../../ui/agent-disc.tsx';
import { classes } from '../../ui/classes.ts';
import { MarkedText } from '../../ui/marked-text.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { MessageFiles } from './message-files.tsx';
import { MessageLinks } from './message-links.tsx';
import { StateWord } from '../../ui/state-word.tsx';

/** One message: who, when, what, and the task it is about as a real link. */
export function Message({ message, task }: { readonly message: ChatMessage; readonly task: Task | null }) {
  const isOwn = message.role === 'user';
  const name = isOwn ? 'You' : (message.agentName ?? 'Guide');
  return (
    <article className={classes('chat-message', isOwn && 'chat-message-own')}>
      <AgentDisc name={name} isPerson={isOwn} size="lg" />
      <div className="chat-message-body">
        <div className="chat-message-who">
          <b>{name}</b>
          <time className="mono f11 t3" dateTime={new Date(message.at).toISOString()}>
            {formatClock(message.at)}
          </time>
        </div>
        {/* What a person typed is shown as typed: a goal's lines and marks are not Markdown. */}
        {isOwn ? <MarkedText text={message.content} /> : <Markdown text={message.content} />}
        {message.attachments !== undefined && <MessageFiles files={message.attachments} />}
        {task !== null && (
          <span className="row f12" style={{ marginTop: 4 }}>
            <StateWord state={task.state} />
            <Link to="/tasks/$task" params={{ task: task.id }} className="link cut">
              {task.title}
            </Link>
          </span>
        )}
        {message.links !== undefined && <MessageLinks links={message.links} />}
      </div>
    </article>
  );
}
