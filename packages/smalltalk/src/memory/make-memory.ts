import { ValidationError } from '../types/errors.ts';
import type { LanguageModel, ModelReference } from '../types/language-model.ts';
import type { MemoryStrategy } from '../types/memory.ts';
import { hybridMemory } from './hybrid-memory.ts';
import type { Embed } from './rank-messages.ts';
import { RetrievalMemory } from './retrieval-memory.ts';
import { fullMemory, slidingWindowMemory } from './simple-memories.ts';
import { SummarizationMemory } from './summarization-memory.ts';
import { makeSummarizer } from './summarizer.ts';

/** How much of a conversation a model is shown. */
export type HistoryManagement = {
  /** `sliding_window` unless told otherwise. */
  readonly strategy?: 'full' | 'sliding_window' | 'summarization' | 'hybrid' | 'vector_retrieval';
  /** No strategy looks further back than so many messages (50), but `full` and those that sum up. */
  readonly maxMessages?: number;
  /** The newest so many are always shown (20). */
  readonly slidingWindowSize?: number;
  /** Which model sums up; the host's where absent. */
  readonly summaryModel?: ModelReference;
  /** So many messages are summed up at a time (10). */
  readonly summaryInterval?: number;
  /** The most that is shown, in tokens (4000). */
  readonly contextSize?: number;
  /** So many older messages that fit the question are brought back (5). */
  readonly maxRetrieved?: number;
  /** Compares meanings for `vector_retrieval`; words are compared without it. */
  readonly embed?: Embed;
};

/** The memory that the settings ask for, on this model. */
export function makeMemory(settings: HistoryManagement, model: LanguageModel): MemoryStrategy {
  const { strategy = 'sliding_window', maxMessages = 50, contextSize = 4000, maxRetrieved = 5 } = settings;
  const { slidingWindowSize = 20, summaryInterval = 10, summaryModel, embed } = settings;
  assertCounts({ maxMessages, contextSize, maxRetrieved, slidingWindowSize, summaryInterval });
  const keep = Math.min(slidingWindowSize, maxMessages);
  const summary = {
    summarize: makeSummarizer(model, summaryModel),
    summaryInterval,
    keep,
    contextSize,
    maxRetrieved,
  };
  switch (strategy) {
    case 'full':
      return fullMemory({ contextSize });
    case 'sliding_window':
      return slidingWindowMemory({ slidingWindowSize: keep, contextSize });
    case 'summarization':
      return new SummarizationMemory(summary);
    case 'hybrid':
      return hybridMemory(summary);
    case 'vector_retrieval':
      return new RetrievalMemory({ keep, maxRetrieved, contextSize, embed });
  }
}

function assertCounts(counts: Readonly<Record<string, number>>): void {
  const invalid = Object.entries(counts).filter(([, count]) => !(Number.isInteger(count) && count > 0));
  if (invalid.length === 0) return;
  const names = invalid.map(([name]) => name);
  throw new ValidationError(`The memory needs whole numbers above 0: ${names.join(', ')}`, names);
}
