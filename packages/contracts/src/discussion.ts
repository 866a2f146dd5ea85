import { z } from 'zod';
import { SessionId } from './ids.ts';

/** Several points of view on one topic, spoken in turn in the chat of a session. */
export const Discussion = z.object({
  /** UUID v4. */
  id: z.string(),
  session: SessionId,
  topic: z.string(),
  /** Names of roles, in the order in which they speak. */
  roles: z.array(z.string()),
  /** The model behind them. */
  model: z.string(),
  state: z.enum(['speaking', 'paused', 'ended']),
  /** Who speaks now; null between turns and at the end. */
  speaker: z.string().nullable(),
  turns: z.number().int(),
  maxTurns: z.number().int(),
  tokens: z.number().int(),
  maxTokens: z.number().int(),
  /** Why it stands or has ended, in a sentence; null while it goes on. */
  reason: z.string().nullable(),
});
export type Discussion = z.infer<typeof Discussion>;

/** What a person wants of a discussion: `conclude` ends it and plans what was agreed on. */
export const DiscussionAct = z.enum(['pause', 'continue', 'stop', 'conclude']);
export type DiscussionAct = z.infer<typeof DiscussionAct>;

/** What a person wants of the discussion of a session. */
export const DiscussInput = z.object({ session: SessionId, act: DiscussionAct });
