import type { LanguageModel, ModelReference } from '../types/language-model.ts';
import { ModelError } from '../types/model-error.ts';
import { complete } from './complete.ts';

/** Whether a model answers: what it took, or why it does not. */
export type ConnectionTest =
  | { readonly kind: 'answered'; readonly target: ModelReference; readonly latencyMs: number }
  | { readonly kind: 'failed'; readonly category: string; readonly reason: string };

/** Asks a model for one word, which may cost a fraction of a cent. */
export async function testConnection(
  model: LanguageModel,
  target: ModelReference | undefined,
): Promise<ConnectionTest> {
  const startedAt = performance.now();
  try {
    const reply = await complete(model, {
      ...(target !== undefined && { target }),
      messages: [{ role: 'user', content: 'Answer with the word ok.' }],
      maxTokens: 16,
    });
    return { kind: 'answered', target: reply.target, latencyMs: performance.now() - startedAt };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return { kind: 'failed', category: error.category, reason: error.message };
  }
}
