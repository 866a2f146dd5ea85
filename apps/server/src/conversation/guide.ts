import { ConflictError, type EventBus } from '@thalogos/smalltalk';
import { toThalogosEvent } from '../platform/event-source.ts';
import { type Chat, GUIDE } from './chat.ts';
import { narrate } from './narrate.ts';

/** What the Guide asks of others to find its words and who hears them. */
export interface GuideWorld {
  /** The open session of a project, which hears what concerns the whole project. */
  sessionOf(project: string): string | null;
  /** A task's title; null for a task that there is not. */
  titleOf(task: string): string | null;
}

/** What the Guide speaks of. */
const TOPICS = [
  'task.finished',
  'task.failed',
  'task.handed-over',
  'task.silent',
  'account.limited',
  'budget.reached',
  'decision.opened',
  'save.ended',
];

/**
 * Lets the Guide tell in the chat what has happened, until the bus is stopped.
 *
 * The bus delivers at least once and from where the Guide was when the server last ended;
 * a message bears the id of its event, so a fact that is delivered twice is told once.
 */
export function startGuide(bus: EventBus, chat: Chat, { sessionOf, titleOf }: GuideWorld): void {
  bus.setReplayPolicy(GUIDE, 'full');
  for (const topic of TOPICS) {
    bus.subscribe(topic, GUIDE, (_payload, event) => {
      const told = toThalogosEvent(event);
      const words = narrate(told, titleOf);
      const { project, task } = told;
      if (words === null || project === null) return;
      const session = told.session ?? sessionOf(project);
      if (session === null) return;
      const post = {
        id: event.id,
        project,
        session,
        role: 'agent',
        agentName: GUIDE,
        content: words,
        ...(task === null ? {} : { task }),
        ...(told.type === 'decision.opened' ? { decision: told.data.decision.id } : {}),
      } as const;
      tell(chat, post);
    });
  }
}

function tell(chat: Chat, post: Parameters<Chat['post']>[0]): void {
  try {
    chat.post(post, GUIDE);
  } catch (cause) {
    if (!(cause instanceof ConflictError)) throw cause;
  }
}
