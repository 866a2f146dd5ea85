import { anthropicMessages } from './anthropic-messages/stream-reply.ts';
import type { Dialect } from './dialect.ts';
import { openaiResponses } from './openai-responses/stream-reply.ts';

/** Every vendor's wire the scripted model can speak. */
export const dialects: readonly Dialect[] = [openaiResponses, anthropicMessages];
