import { type ChatMessage, MessagesInput, SayInput } from '@thalogos/contracts';
import type { z } from 'zod';
import type { Actor } from '../access/role.ts';
import { procedure, router } from '../api/trpc.ts';

/** The use cases behind the calls on the chat with the swarm. */
export interface ConversationCalls {
  messages(input: z.infer<typeof MessagesInput>): readonly ChatMessage[];
  say(input: z.infer<typeof SayInput>, actor: Actor): Promise<ChatMessage>;
}

/** Calls on the chat with the swarm. */
export function makeConversationApi(calls: ConversationCalls) {
  return router({
    messages: procedure('viewer')
      .input(MessagesInput)
      .query(({ input }) => ({ messages: calls.messages(input) })),
    say: procedure('operator')
      .input(SayInput)
      .mutation(async ({ input, ctx }) => ({
        message: await calls.say(input, ctx.actor),
      })),
  });
}
