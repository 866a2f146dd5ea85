import type { LanguageModel, ModelPart, ModelReference, ModelRequest } from '../types/language-model.ts';
import { ModelError } from '../types/model-error.ts';

/** Which models stand in for the one that was meant. */
export type ModelFallbacks = {
  /** In this order. */
  readonly fallbacks: readonly ModelReference[];
  readonly onFallback?: (error: ModelError, next: ModelReference) => void;
};

/** Asks another model when the one that was meant can't answer, unless some of its answer has been handed on. */
export function withFallbacks(
  model: LanguageModel,
  { fallbacks, onFallback }: ModelFallbacks,
): LanguageModel {
  async function* stream(request: ModelRequest): AsyncGenerator<ModelPart> {
    const targets = [request.target, ...fallbacks];
    for (const [place, target] of targets.entries()) {
      let isBegun = false;
      try {
        for await (const part of model.stream(target === undefined ? request : { ...request, target })) {
          isBegun = true;
          yield part;
        }
        return;
      } catch (error) {
        const next = targets[place + 1];
        if (isBegun || next === undefined || !(error instanceof ModelError) || !mayHelp(error)) throw error;
        onFallback?.(error, next);
      }
    }
  }
  return { stream };
}

/** Another provider knows nothing of this one's key, load or limits; a budget and a wrong request go with the call. */
function mayHelp({ category, recovery }: ModelError): boolean {
  if (category === 'budget-exhausted') return false;
  return recovery !== 'none';
}
