import type { LanguageModel, ModelEnd, ModelPart, ModelRequest } from '../types/language-model.ts';
import { ModelError } from '../types/model-error.ts';
import { estimateTokens } from '../utils/estimate-tokens.ts';

/** What has been spent. */
export type Spending = { readonly calls: number; readonly tokens: number; readonly costUsd: number };

/** The most that may be spent; without a limit nothing is ever refused. */
export type ModelBudget = {
  readonly maxTokens?: number;
  /** Needs prices, see `withPrices`: what has no price costs nothing. */
  readonly maxCostUsd?: number;
  /** What was spent before, by another process. */
  readonly spent?: Spending;
};

/** A model that keeps count. */
export type BudgetedModel = LanguageModel & {
  /** What has been spent, by one agent or by all. */
  spending(agentName?: string): Spending;
};

const NOTHING: Spending = { calls: 0, tokens: 0, costUsd: 0 };

/**
 * Keeps count of what calls take, and refuses the next one when the budget is used up.
 *
 * A call under way holds what it may take at most, so that many at once can't overrun the limit together; one that is
 * broken off is charged what it had been asked.
 */
export function withBudget(model: LanguageModel, budget: ModelBudget = {}): BudgetedModel {
  const { maxTokens = Infinity, maxCostUsd = Infinity } = budget;
  const byAgent = new Map<string, Spending>();
  let total = budget.spent ?? NOTHING;
  let held = 0;

  function charge(request: ModelRequest, spent: Spending): void {
    const agentName = request.purpose?.agentName ?? '';
    total = add(total, spent);
    byAgent.set(agentName, add(byAgent.get(agentName) ?? NOTHING, spent));
  }

  async function* stream(request: ModelRequest): AsyncGenerator<ModelPart> {
    const asked = estimateTokens(request.messages.map(({ content }) => content).join('\n'));
    const atMost = asked + (request.maxTokens ?? 0);
    assertWithin(total.tokens + held + atMost, maxTokens, 'tokens');
    assertWithin(total.costUsd, maxCostUsd, 'US dollars');
    held += atMost;
    let spent: Spending = { calls: 1, tokens: asked, costUsd: 0 };
    try {
      for await (const part of model.stream(request)) {
        if (part.type === 'end') spent = toSpending(part);
        yield part;
      }
    } finally {
      held -= atMost;
      charge(request, spent);
    }
  }

  return {
    stream,
    spending: (agentName) => (agentName === undefined ? total : (byAgent.get(agentName) ?? NOTHING)),
  };
}

function assertWithin(amount: number, limit: number, unit: string): void {
  if (amount < limit) return;
  throw new ModelError(
    'budget-exhausted',
    `No model was asked: the budget of ${String(limit)} ${unit} is used up or would be`,
  );
}

function toSpending({ usage, costUsd = 0 }: ModelEnd): Spending {
  return { calls: 1, tokens: usage.inputTokens + usage.outputTokens, costUsd };
}

function add(one: Spending, other: Spending): Spending {
  return {
    calls: one.calls + other.calls,
    tokens: one.tokens + other.tokens,
    costUsd: one.costUsd + other.costUsd,
  };
}
