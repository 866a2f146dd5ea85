import { randomUUID } from 'node:crypto';
import type { AgentReply } from '../types/agent.ts';
import type { Message } from '../types/message.ts';
import type { HistoryEntry } from '../types/session.ts';

/** How many turns of its talk an agent keeps. */
const RECENT_TURNS = 10;

/** The last turns of an agent, over all sessions: what it goes on from when nobody shows it a conversation. */
export class RecentTalk {
  #messages: Message[] = [];

  add({
    sessionId,
    message,
    reply: { agentName, content },
    now: timestamp,
  }: {
    sessionId: string;
    message: string;
    reply: AgentReply;
    now: number;
  }): void {
    const head = { timestamp, metadata: { sessionId } };
    this.#messages = [
      ...this.#messages,
      { id: randomUUID(), role: 'user' as const, content: message, ...head },
      { id: randomUUID(), role: 'agent' as const, content, agentName, ...head },
    ].slice(-2 * RECENT_TURNS);
  }

  /** Those of one session; the empty id stands for none. */
  of(sessionId: string): readonly Message[] {
    return this.#messages.filter(({ metadata }) => metadata?.['sessionId'] === sessionId);
  }

  all(): Message[] {
    return [...this.#messages];
  }

  restore(entries: readonly HistoryEntry[]): void {
    const messages = entries.filter((entry): entry is Message => !('agentResponses' in entry));
    this.#messages = structuredClone(messages).slice(-2 * RECENT_TURNS);
  }
}
