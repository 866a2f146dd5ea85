import type { Session } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';
import { EmptyState, ShowQuery } from '../../ui/panel-states.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { Composer } from './composer.tsx';
import { DiscussionBar } from './discussion-bar.tsx';
import { Message } from './message.tsx';
import { PlanCard } from './plan-card.tsx';

const MESSAGE_PX = 74;

function Messages({ project, session }: { readonly project: string; readonly session: Session | null }) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.conversation.messages.queryOptions({ session: session?.id ?? '' }, { enabled: session !== null }),
  );
  const tasks = useQuery(trpc.tasks.list.queryOptions({ project }));
  const empty = (
    <EmptyState sentence="Say what should be done: one line for each task, and the swarm plans it before anything starts." />
  );
  if (session === null) return empty;
  return (
    <ShowQuery query={query} what="The conversation could not be read.">
      {({ messages }) =>
        messages.length === 0 ? (
          empty
        ) : (
          <VirtualList
            items={messages}
            label="Conversation"
            estimate={MESSAGE_PX}
            followsEnd
            keyOf={(message) => message.id}
            render={(message) => (
              <Message
                message={message}
                task={tasks.data?.tasks.find((task) => task.id === message.task) ?? null}
              />
            )}
          />
        )
      }
    </ShowQuery>
  );
}

function Plans({ project, session }: { readonly project: string; readonly session: Session }) {
  const trpc = useTRPC();
  const goals = useQuery(trpc.planning.goals.queryOptions({ session: session.id }));
  const tasks = useQuery(trpc.tasks.list.queryOptions({ project }));
  const proposed = (goals.data?.goals ?? []).filter((goal) => goal.state === 'proposed');
  if (proposed.length === 0) return null;
  return (
    <div className="chat-plans">
      {proposed.map((goal) => (
        <PlanCard
          key={goal.id}
          goal={goal}
          tasks={(tasks.data?.tasks ?? []).filter(
            (task) => task.goal === goal.id && task.state === 'planned',
          )}
        />
      ))}
    </div>
  );
}

/** The conversation with the Guide and the swarm, plans that wait for a yes, and the composer. */
export function Chat({ project, session }: { readonly project: string; readonly session: Session | null }) {
  return (
    <section className="chat" aria-label="Conversation with the swarm">
      <div className="chat-list">
        <Messages project={project} session={session} />
      </div>
      {session !== null && <Plans project={project} session={session} />}
      {session !== null && <DiscussionBar session={session} />}
      <Composer project={project} session={session} />
    </section>
  );
}
