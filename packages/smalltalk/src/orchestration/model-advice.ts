import type { Clock } from '../types/clock.ts';
import type { RoutingRequest } from '../types/agent-router.ts';
import type { LanguageModel } from '../types/language-model.ts';
import { askModel, type ModelChoice } from './ask-model.ts';

const CACHE_LIMIT = 1000;
const GIVE_UP_AFTER_MS = 30_000;

/** What a model's advice is made of. */
export type ModelAdviceParts = {
  readonly model: LanguageModel;
  readonly clock: Clock;
  /** How long a decision waits for it. */
  readonly deadlineMs: number;
  readonly onFault: (error: unknown) => void;
};

/**
 * Asks a model for advice and waits no longer than a decision may take.
 *
 * An answer that comes too late is kept for the next time the same is asked.
 */
export class ModelAdvice {
  readonly #parts: ModelAdviceParts;
  readonly #known = new Map<string, ModelChoice>();
  readonly #asking = new Map<string, Promise<ModelChoice | undefined>>();

  constructor(parts: ModelAdviceParts) {
    this.#parts = parts;
  }

  async ask(request: RoutingRequest): Promise<ModelChoice | 'late' | 'none'> {
    const key = keyOf(request);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const enough = new AbortController();
    const late = this.#parts.clock.sleep(this.#parts.deadlineMs, enough.signal).then((): 'late' => 'late');
    const answer = await Promise.race([this.#begin(key, request), late]);
    enough.abort();
    return answer ?? 'none';
  }

  #begin(key: string, request: RoutingRequest): Promise<ModelChoice | undefined> {
    const { model, clock, onFault } = this.#parts;
    const running = this.#asking.get(key);
    if (running !== undefined) return running;
    const patience = new AbortController();
    const answered = new AbortController();
    void clock.sleep(GIVE_UP_AFTER_MS, answered.signal).then(() => {
      patience.abort();
    });
    const asking = askModel(model, request, patience.signal)
      .catch((error: unknown): undefined => {
        onFault(error);
      })
      .then((choice) => {
        answered.abort();
        this.#asking.delete(key);
        if (choice !== undefined) this.#remember(key, choice);
        return choice;
      });
    this.#asking.set(key, asking);
    return asking;
  }

  #remember(key: string, choice: ModelChoice): void {
    this.#known.set(key, choice);
    const [oldest] = this.#known.keys();
    if (this.#known.size > CACHE_LIMIT && oldest !== undefined) this.#known.delete(oldest);
  }
}

function keyOf({ message, agents, history, currentAgent }: RoutingRequest): string {
  const names = agents.map(({ name }) => name);
  return JSON.stringify([message, names, currentAgent, history.at(-1)?.id]);
}
