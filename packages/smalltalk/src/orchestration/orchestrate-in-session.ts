import type { SessionManager } from '../core/session-manager.ts';
import { toMessages } from '../core/to-messages.ts';
import { NotFoundError } from '../types/errors.ts';
import type { Message } from '../types/message.ts';
import type { InteractiveOrchestrator } from './interactive-orchestrator.ts';
import type { OrchestrationResult } from './orchestrator-options.ts';

/** Whose message it is, and in which session. */
export type OrchestrateOptions = { readonly sessionId: string; readonly userId?: string };

/**
 * Lets an orchestrator answer in sessions, and keeps there what was said.
 *
 * It does not wait for an answer under way: what a user says meanwhile is an interruption.
 */
export function makeOrchestrateInSession({
  orchestrator,
  sessions,
}: {
  orchestrator: InteractiveOrchestrator;
  sessions: SessionManager;
}) {
  // An interruption and what it has interrupted come to the same plan: each message is kept once.
  const kept = new WeakSet<Message>();
  return async (message: string, { sessionId, userId }: OrchestrateOptions): Promise<OrchestrationResult> => {
    const session = await sessions.restoreSession(sessionId);
    if (session === null) throw new NotFoundError('Session', sessionId);
    const history = toMessages(session.conversationHistory);
    const user = userId ?? session.metadata.userId ?? sessionId;
    await sessions.addMessage(sessionId, { role: 'user', content: message });
    const result = await orchestrator.orchestrate(message, sessionId, user, history);
    for (const said of result.messages) {
      if (kept.has(said)) continue;
      kept.add(said);
      await sessions.addMessage(sessionId, said);
    }
    return result;
  };
}
