import { Decision, type Session, type Status } from '@thalogos/contracts';
import type { Calls } from './api/router.ts';
import type { Parts } from './compose-parts.ts';
import { makeAskGuide } from './conversation/ask-guide.ts';
import { GUIDE } from './conversation/chat.ts';
import { type ChatGoal, makeConversation } from './conversation/conversation.ts';
import type { ConversationCalls } from './conversation/conversation.api.ts';
import type { GuideFacts } from './conversation/guide-facts.ts';
import { isExplicit } from './planning/planners/plain-planner.ts';
import type { Planning } from './planning/planning.ts';

/** The calls that the chat sets in motion. */
export type ChatNeeds = Pick<Calls, 'tasks' | 'ops' | 'conflicts' | 'timeline' | 'review'> & {
  readonly planning: Planning;
};

/** The calls on the chat. */
export function conversationCalls(parts: Parts, needs: ChatNeeds): ConversationCalls {
  const { chat, sessions, saves, models, talk, input } = parts;
  const { planning, tasks, ops } = needs;
  const { background, discussions } = talk;
  const ask = makeAskGuide({
    facts: (session) => findFacts(session, needs),
    findModel: models.find,
    background,
    say: ({ project, id: session }, { text: content, links }) =>
      void chat.post({ project, session, role: 'agent', agentName: GUIDE, content, links }, GUIDE),
  });
  return makeConversation({
    ...{ chat, discussions, background },
    findSession: sessions.find,
    findDecision: (id) => Decision.parse(parts.decisions.find(id)),
    actions: {
      ask,
      state: async (session, goal, actor) => void (await planning.state(toWish(session, goal), actor)),
      goesToModel: (text) => input.config.models.planner === 'model' && !isExplicit(text),
      steer: async (task, text, actor) => void (await tasks.steer({ task, text }, actor)),
      save: async (project, actor) => void (await saves.save({ project }, actor)),
      pause: (project, actor) => void sessions.pause(project, actor),
      resume: (project, actor) => void sessions.resume(project, actor),
      status: (project) => sayStatus(ops.status(project)),
    },
  });
}

function toWish({ project, id }: Session, { text, byModel, attachments, background, signal }: ChatGoal) {
  const planner = byModel ? ('model' as const) : ('plain' as const);
  return {
    ...{ project, session: id, text, planner, planOnly: true, approve: false },
    ...(attachments === undefined ? {} : { attachments: [...attachments] }),
    ...(background === undefined ? {} : { background }),
    ...(signal === undefined ? {} : { signal }),
  };
}

async function findFacts(
  { id, project }: Session,
  { tasks, review, planning, conflicts, timeline }: ChatNeeds,
): Promise<GuideFacts> {
  const [{ conflicts: met }, entries] = await Promise.all([
    conflicts.list(project),
    timeline.list({ project, limit: 10 }),
  ]);
  return {
    tasks: tasks.list({ project }),
    decisions: review.decisions(project),
    proposed: planning.goals(id).filter(({ state }) => state === 'proposed'),
    conflicts: met.filter(({ resolution }) => resolution === null),
    timeline: entries,
  };
}

function sayStatus({ tasks, decisions }: Status): string {
  const counts = Object.entries(tasks).map(([state, count]) => `${count} ${state}`);
  const work = counts.length === 0 ? 'No tasks yet' : counts.join(', ');
  return decisions === 0 ? `${work}. Nothing waits for you.` : `${work}. ${decisions} wait for your answer.`;
}
