import type { MemoryStrategy } from '../types/memory.ts';
import type { Message } from '../types/message.ts';
import { fitTokens, weigh } from './fit-tokens.ts';
import { rankByWords } from './rank-messages.ts';
import { SummarizationMemory, type SummarizationOptions } from './summarization-memory.ts';

/**
 * Shows a summary of what is long past, the few messages of it that fit what is asked now word for word, and then the
 * newest as they were said.
 */
export function hybridMemory(
  options: SummarizationOptions & { readonly maxRetrieved: number },
): MemoryStrategy {
  const summaries = new SummarizationMemory(options);
  return {
    name: 'hybrid',
    recall: async (request) => {
      const shown = await summaries.recall(request);
      const [summary, ...rest] = shown;
      const summarized = summary?.metadata?.['summarizes'];
      if (summary === undefined || typeof summarized !== 'number') return shown;
      const past = request.history.slice(0, summarized);
      const brought = bestOf(past, request.message, options.maxRetrieved);
      const room = options.contextSize - weigh(summary) - brought.reduce((sum, said) => sum + weigh(said), 0);
      return room > 0 ? [summary, ...brought, ...fitTokens(rest, room)] : shown;
    },
  };
}

function bestOf(messages: readonly Message[], question: string, count: number): Message[] {
  const scores = rankByWords(messages, question);
  const best = messages
    .map((said, place) => ({ said, score: scores[place] ?? 0 }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .slice(0, count);
  const chosen = new Set(best.map(({ said }) => said));
  return messages.filter((said) => chosen.has(said));
}
