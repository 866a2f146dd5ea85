import { anthropicMessages } from './anthropic-messages/stream-reply.ts';
import type { Dialect } from './dialect.ts';
import { googleGemini } from './google-gemini/stream-reply.ts';
import { openaiChat } from './openai-chat/stream-reply.ts';
import { openaiResponses } from './openai-responses/stream-reply.ts';

/** Every vendor's wire the scripted model can speak. */
export const dialects: readonly Dialect[] = [openaiResponses, anthropicMessages, googleGemini, openaiChat];
