import { toMessages } from '../core/to-messages.ts';
import type { ConversationHost } from '../types/conversation-interface.ts';
import { NotFoundError } from '../types/errors.ts';
import type { Message } from '../types/message.ts';

/** A session as people outside see it: what was said, by whom, and who answers. */
export type SessionView = {
  readonly sessionId: string;
  readonly state: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  /** Who answers everything, where a person has chosen. */
  readonly chosenAgent: string | null;
  readonly messages: readonly MessageView[];
};

/** One message as people outside see it. */
export type MessageView = {
  readonly id: string;
  readonly role: 'user' | 'agent' | 'system';
  readonly content: string;
  readonly timestamp: string;
  readonly agentName?: string;
};

/** What was said in a session. @throws NotFoundError where there is none. */
export async function viewSession(host: ConversationHost, sessionId: string): Promise<SessionView> {
  const session = await host.restoreSession(sessionId);
  if (session === null) throw new NotFoundError('Session', sessionId);
  return {
    sessionId,
    state: session.state,
    createdAt: session.createdAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    chosenAgent: host.getForcedAgent(sessionId) ?? null,
    messages: toMessages(session.conversationHistory).map(viewMessage),
  };
}

function viewMessage({ id, role, content, timestamp, agentName }: Message): MessageView {
  const said = { id, role, content, timestamp: new Date(timestamp).toISOString() };
  return agentName === undefined ? said : { ...said, agentName };
}
