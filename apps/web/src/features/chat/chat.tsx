import type { Session, Task } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { EmptyState, ShowQuery } from '../../ui/panel-states.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { type ChatEntry, chatEntries } from './chat-view.ts';
import { Composer } from './composer.tsx';
import { DecisionTold, type DrawDecision } from './decision-told.tsx';
import { DiscussionBar } from './discussion-bar.tsx';
import { DropZone } from './drop-zone.tsx';
import { Message } from './message.tsx';
import { draftPlace } from './use-composer.ts';
import { TaskNews } from './task-news.tsx';

// A plan waits now and then; the conversation is there at once.
const PlanCard = lazy(async () => ({ default: (await import('./plan-card.tsx')).PlanCard }));

const MESSAGE_PX = 74;

interface ChatProps {
  readonly project: string;
  readonly session: Session | null;
  readonly drawDecision: DrawDecision;
}

function Entry({
  entry,
  tasks,
  drawDecision,
}: {
  readonly entry: ChatEntry;
  readonly tasks: readonly Task[];
  readonly drawDecision: DrawDecision;
}) {
  const taskOf = (id: string | null) => tasks.find((task) => task.id === id) ?? null;
  switch (entry.kind) {
    case 'message':
      return <Message message={entry.message} task={taskOf(entry.message.task)} />;
    case 'decision':
      return (
        <DecisionTold decision={entry.decision} task={taskOf(entry.decision.task)} draw={drawDecision} />
      );
    case 'news':
      return <TaskNews messages={entry.messages} task={taskOf(entry.task)} />;
  }
}

function Messages({ project, session, drawDecision }: ChatProps) {
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
      {({ messages, decisions }) =>
        messages.length === 0 ? (
          empty
        ) : (
          <VirtualList
            items={chatEntries(messages, decisions)}
            label="Conversation"
            estimate={MESSAGE_PX}
            followsEnd
            keyOf={({ key }) => key}
            render={(entry) => (
              <Entry entry={entry} tasks={tasks.data?.tasks ?? []} drawDecision={drawDecision} />
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
        <Suspense key={goal.id} fallback={null}>
          <PlanCard
            goal={goal}
            tasks={(tasks.data?.tasks ?? []).filter(
              (task) => task.goal === goal.id && task.state === 'planned',
            )}
          />
        </Suspense>
      ))}
    </div>
  );
}

/** The conversation with the Guide and the swarm, plans that wait for a yes, and the composer. */
export function Chat({ project, session, drawDecision }: ChatProps) {
  const block = useWriteBlock();
  return (
    <DropZone where={{ place: draftPlace(project, session), project }} block={block}>
      <div className="chat-list">
        <Messages project={project} session={session} drawDecision={drawDecision} />
      </div>
      {session !== null && <Plans project={project} session={session} />}
      {session !== null && <DiscussionBar session={session} />}
      <Composer project={project} session={session} />
    </DropZone>
  );
}
