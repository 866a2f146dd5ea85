import type { Session } from '@thalogos/contracts';
import { type Chat, GUIDE } from './chat.ts';

/** What the Guide says while a model plans. */
export const PLANS_LATER = 'A model plans it. You see the plan here before anything starts.';

/** Messages that are looked back over. */
const LATELY = 30;

/** Says in each open session that what a model planned when an earlier server was killed will not come. */
export function recoverTalk(chat: Chat, sessions: readonly Session[]): void {
  for (const { id: session, project, state } of sessions) {
    if (state === 'finalized') continue;
    const told = chat.page(session, { limit: LATELY }).filter(({ agentName }) => agentName === GUIDE);
    if (told.at(-1)?.content !== PLANS_LATER) continue;
    const content = 'The server ended while a model planned, so there is no plan. Say it once more.';
    chat.post({ project, session, role: 'agent', agentName: GUIDE, content }, GUIDE);
  }
}
