import { type Clock, systemClock } from '../types/clock.ts';
import type { LanguageModel, ModelReference } from '../types/language-model.ts';
import type { Tracer } from '../types/tracer.ts';
import type { ModelError } from '../types/model-error.ts';
import type { CircuitPolicy } from '../utils/circuit-breaker.ts';
import type { RetryPolicy } from '../events/retry-policy.ts';
import { type BudgetedModel, type ModelBudget, withBudget } from './with-budget.ts';
import { withCircuitBreaker } from './with-circuit-breaker.ts';
import { withFallbacks } from './with-fallbacks.ts';
import { type ModelPrices, withPrices } from './with-prices.ts';
import { withRateLimit } from './with-rate-limit.ts';
import { withRetries } from './with-retries.ts';
import { withTracing } from './with-tracing.ts';
import { withTimeLimit } from './with-time-limit.ts';

/** How calls to models are looked after; everything has a default. */
export type ModelCare = {
  readonly clock?: Clock;
  /** Each attempt becomes a span. */
  readonly tracer?: Tracer;
  readonly retry?: RetryPolicy;
  readonly circuit?: CircuitPolicy;
  /** Silence that is borne, in milliseconds. */
  readonly timeLimits?: { readonly firstMs?: number; readonly betweenMs?: number };
  /** No limit unless one is given. */
  readonly requestsPerMinute?: number;
  readonly fallbacks?: readonly ModelReference[];
  readonly prices?: ModelPrices;
  readonly budget?: ModelBudget;
  /** Hears of each failure that was met by asking again or asking another. */
  readonly onTrouble?: (trouble: {
    readonly error: ModelError;
    readonly next: 'retry' | ModelReference;
  }) => void;
};

/**
 * Wraps a model in all that lets many agents rely on it: a span, a time limit, a rate limit, a circuit breaker for each model,
 * retries, fallbacks, prices and a budget, in that order from within.
 */
export function makeModel(model: LanguageModel, care: ModelCare = {}): BudgetedModel {
  const { clock = systemClock, requestsPerMinute, fallbacks = [], onTrouble } = care;
  const traced = care.tracer === undefined ? model : withTracing(model, care.tracer);
  const timed = withTimeLimit(traced, { ...care.timeLimits, clock });
  const limited =
    requestsPerMinute === undefined ? timed : withRateLimit(timed, { requestsPerMinute, clock });
  const broken = withCircuitBreaker(limited, { clock, ...(care.circuit && { policy: care.circuit }) });
  const retried = withRetries(broken, {
    clock,
    ...(care.retry && { policy: care.retry }),
    onRetry: (error) => onTrouble?.({ error, next: 'retry' }),
  });
  const backed = withFallbacks(retried, {
    fallbacks,
    onFallback: (error, next) => onTrouble?.({ error, next }),
  });
  return withBudget(withPrices(backed, care.prices ?? {}), care.budget);
}
