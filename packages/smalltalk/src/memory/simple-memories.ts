import type { MemoryStrategy } from '../types/memory.ts';
import { fitTokens } from './fit-tokens.ts';

/** Shows everything, as far as `contextSize` (tokens) reaches back. */
export function fullMemory({ contextSize }: { contextSize: number }): MemoryStrategy {
  return { name: 'full', recall: async ({ history }) => fitTokens(history, contextSize) };
}

/** Shows the last so many messages, as far as `contextSize` (tokens) allows. */
export function slidingWindowMemory({
  slidingWindowSize,
  contextSize,
}: {
  slidingWindowSize: number;
  contextSize: number;
}): MemoryStrategy {
  return {
    name: 'sliding_window',
    recall: async ({ history }) => fitTokens(history.slice(-slidingWindowSize), contextSize),
  };
}
