import type { LanguageModel, ModelPart, ModelRequest, TokenUsage } from '../types/language-model.ts';

/** US dollars for a million tokens. */
export type ModelPrice = { readonly input: number; readonly output: number };

/** Prices by `provider/model`; `provider/*` holds for the models of a provider that are not named. */
export type ModelPrices = Readonly<Record<string, ModelPrice>>;

/** What a call has cost; undefined for a model whose price is not known. */
function costOf(
  { inputTokens, outputTokens }: TokenUsage,
  price: ModelPrice | undefined,
): number | undefined {
  if (price === undefined) return undefined;
  return (inputTokens * price.input + outputTokens * price.output) / 1_000_000;
}

/** Says what each answer has cost, by the model that gave it. */
export function withPrices(model: LanguageModel, prices: ModelPrices): LanguageModel {
  return {
    async *stream(request: ModelRequest): AsyncGenerator<ModelPart> {
      for await (const part of model.stream(request)) {
        if (part.type !== 'end') {
          yield part;
          continue;
        }
        const { provider, model: name } = part.target;
        const costUsd = costOf(part.usage, prices[`${provider}/${name}`] ?? prices[`${provider}/*`]);
        yield costUsd === undefined ? part : { ...part, costUsd };
      }
    },
  };
}
