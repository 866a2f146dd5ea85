import type { ConversationHost } from '../types/conversation-interface.ts';
import { NotFoundError } from '../types/errors.ts';

/** Lets one agent answer everything in a session, or with null the router again. @throws NotFoundError for either that is unknown. */
export async function chooseAgent(
  host: ConversationHost,
  sessionId: string,
  agentName: string | null,
): Promise<void> {
  if ((await host.restoreSession(sessionId)) === null) throw new NotFoundError('Session', sessionId);
  if (agentName === null) host.releaseAgent(sessionId);
  else if (!host.forceAgentSwitch(sessionId, agentName)) throw new NotFoundError('Agent', agentName);
}
