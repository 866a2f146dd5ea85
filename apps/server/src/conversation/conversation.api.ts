import {
  type ChatMessage,
  type Decision,
  DiscussInput,
  type Discussion,
  MessagesInput,
  SayInput,
  SessionInput,
} from '@thalogos/contracts';
import type { z } from 'zod';
import type { Actor } from '../access/role.ts';
import { procedure, router } from '../api/trpc.ts';

/** The use cases behind the calls on the chat with the swarm. */
export interface ConversationCalls {
  messages(input: z.infer<typeof MessagesInput>): readonly ChatMessage[];
  /** The decisions that messages tell of, as they stand now. */
  decisions(messages: readonly ChatMessage[]): readonly Decision[];
  say(input: z.infer<typeof SayInput>, actor: Actor): Promise<ChatMessage>;
  /** The discussion of a session, also one that has ended; null where there was none since the server began. */
  discussion(session: string): Discussion | null;
  discuss(input: z.infer<typeof DiscussInput>, actor: Actor): Promise<Discussion | null>;
}

/** Calls on the chat with the swarm. */
export function makeConversationApi(calls: ConversationCalls) {
  return router({
    messages: procedure('viewer')
      .input(MessagesInput)
      .query(({ input }) => {
        const messages = calls.messages(input);
        return { messages, decisions: calls.decisions(messages) };
      }),
    say: procedure('operator')
      .input(SayInput)
      .mutation(async ({ input, ctx }) => ({
        message: await calls.say(input, ctx.actor),
      })),
    discussion: procedure('viewer')
      .input(SessionInput)
      .query(({ input }) => ({ discussion: calls.discussion(input.session) })),
    discuss: procedure('operator')
      .input(DiscussInput)
      .mutation(async ({ input, ctx }) => ({
        discussion: await calls.discuss(input, ctx.actor),
      })),
  });
}
