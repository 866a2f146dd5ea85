import { type Clock, systemClock } from '../types/clock.ts';
import type { LanguageModel, ModelPart, ModelReference, ModelRequest } from '../types/language-model.ts';
import { ModelError, type ModelErrorCategory } from '../types/model-error.ts';
import { CircuitBreaker, type CircuitPolicy, DEFAULT_CIRCUIT_POLICY } from '../utils/circuit-breaker.ts';

/** When a model is left alone. */
export type ModelCircuitOptions = { readonly policy?: CircuitPolicy; readonly clock?: Clock };

/** Failures that say something about the provider, not about the request. */
const PROVIDER_FAULTS: ReadonlySet<ModelErrorCategory> = new Set([
  'network',
  'overloaded',
  'protocol',
  'rate-limited',
  'timeout',
]);

/** Stops asking a model that fails again and again, each model by itself, until a rest has passed. */
export function withCircuitBreaker(
  model: LanguageModel,
  { policy = DEFAULT_CIRCUIT_POLICY, clock = systemClock }: ModelCircuitOptions = {},
): LanguageModel {
  const circuits = new Map<string, CircuitBreaker>();

  function circuitOf(target: ModelReference | undefined): [CircuitBreaker, string] {
    const key = target === undefined ? 'the default model' : `${target.provider}/${target.model}`;
    const circuit = circuits.get(key) ?? new CircuitBreaker(policy);
    circuits.set(key, circuit);
    return [circuit, key];
  }

  async function* stream(request: ModelRequest): AsyncGenerator<ModelPart> {
    const [circuit, name] = circuitOf(request.target);
    if (!circuit.tryEnter(clock.now()))
      throw new ModelError(
        'circuit-open',
        `Did not ask ${name}: it has failed again and again, and rests now`,
      );
    let isSettled = false;
    try {
      for await (const part of model.stream(request)) {
        if (!isSettled) circuit.succeeded();
        isSettled = true;
        yield part;
      }
    } catch (error) {
      isSettled = true;
      if (error instanceof ModelError && PROVIDER_FAULTS.has(error.category)) circuit.failed(clock.now());
      else circuit.abstained();
      throw error;
    } finally {
      if (!isSettled) circuit.abstained();
    }
  }

  return { stream };
}
