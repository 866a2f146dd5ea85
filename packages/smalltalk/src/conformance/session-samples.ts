import { randomUUID } from 'node:crypto';
import type { Message } from '../types/message.ts';
import type { MessageTurn, Session } from '../types/session.ts';

const START = 1_700_000_000_000;

/** A moment a few milliseconds after a fixed one. */
export function sameMinute(ms: number): Date {
  return new Date(START + ms);
}

/** A session of two agents without a conversation, valid for a week. */
export function makeSession(changes: Partial<Session> = {}): Session {
  return {
    id: randomUUID(),
    createdAt: sameMinute(0),
    updatedAt: sameMinute(0),
    expiresAt: sameMinute(7 * 86_400_000),
    state: 'active',
    agentIds: ['researcher', 'writer'],
    agentStates: {
      writer: {
        config: { model: 'm-1' },
        context: { draft: 'naïve ☃', _metadata: { draft: { trimmable: true } } },
        messageHistory: [makeTurn('for the writer alone')],
      },
    },
    conversationHistory: [],
    sharedContext: { topic: { name: 'alignment', depth: [1, 2] } },
    metadata: { userId: 'u-1', tags: ['a'] },
    version: 1,
    ...changes,
  };
}

/** A turn in which the user said this and one agent answered. */
export function makeTurn(userMessage: string, sequence = 1): MessageTurn {
  return {
    sequence,
    timestamp: sameMinute(sequence),
    userMessage,
    agentResponses: [
      { agentId: 'writer', response: `re: ${userMessage}`, timestamp: sameMinute(sequence + 1) },
    ],
  };
}

/** A message of the user. */
export function makeMessage(content: string): Message {
  return { id: randomUUID(), role: 'user', content, timestamp: START };
}
