import type { ChatMessage, Session } from '@thalogos/contracts';
import { type Chat, GUIDE } from './chat.ts';

/** What the Guide says while a model plans. */
export const PLANS_LATER = 'A model plans it. You see the plan here before anything starts.';

/** Messages that are looked back over. */
const LATELY = 30;

/** Says in each open session what an earlier server was killed over: a plan that will not come, words that nobody answered. */
export function recoverTalk(chat: Chat, sessions: readonly Session[]): void {
  for (const { id: session, project, state } of sessions) {
    if (state === 'finalized') continue;
    const content = whatWasLost(chat.page(session, { limit: LATELY }));
    if (content === null) continue;
    chat.post({ project, session, role: 'agent', agentName: GUIDE, content }, GUIDE);
  }
}

function whatWasLost(messages: readonly ChatMessage[]): string | null {
  const told = messages.filter(({ agentName }) => agentName === GUIDE);
  if (told.at(-1)?.content === PLANS_LATER)
    return 'The server ended while a model planned, so there is no plan. Say it once more.';
  // Whatever a person says is answered at once, so a last word of theirs was not acted upon.
  return messages.at(-1)?.role === 'user'
    ? 'The server ended before it came to this, and nothing was done. Say it once more.'
    : null;
}
