/** When a circuit opens and how long it stays so. */
export type CircuitPolicy = {
  /** So many failures in a row open it (5). */
  readonly failureThreshold: number;
  /** So many milliseconds nothing is tried (30,000); then one attempt decides. */
  readonly openMs: number;
};

/** Five failures in a row, then half a minute of rest. */
export const DEFAULT_CIRCUIT_POLICY: CircuitPolicy = { failureThreshold: 5, openMs: 30_000 };

/** Where a circuit stands: `half-open` while the one attempt that decides is under way. */
export type CircuitState =
  | { readonly kind: 'closed'; readonly failures: number }
  | { readonly kind: 'open'; readonly until: number }
  | { readonly kind: 'half-open' };

/** Keeps callers from something that fails again and again, and finds out when it works again; times in milliseconds. */
export class CircuitBreaker {
  readonly #policy: CircuitPolicy;
  #state: CircuitState = { kind: 'closed', failures: 0 };

  constructor(policy: CircuitPolicy = DEFAULT_CIRCUIT_POLICY) {
    this.#policy = policy;
  }

  get state(): CircuitState {
    return this.#state;
  }

  /** Whether something may be tried at this moment; a yes must be followed by one of the three below. */
  tryEnter(now: number): boolean {
    switch (this.#state.kind) {
      case 'closed':
        return true;
      case 'half-open':
        return false;
      case 'open':
        if (now < this.#state.until) return false;
        this.#state = { kind: 'half-open' };
        return true;
    }
  }

  succeeded(): void {
    this.#state = { kind: 'closed', failures: 0 };
  }

  failed(now: number): void {
    const failures = this.#state.kind === 'closed' ? this.#state.failures + 1 : this.#policy.failureThreshold;
    this.#state =
      failures >= this.#policy.failureThreshold
        ? { kind: 'open', until: now + this.#policy.openMs }
        : { kind: 'closed', failures };
  }

  /** The attempt said nothing about what it was aimed at, for example because it was called off. */
  abstained(): void {
    if (this.#state.kind === 'half-open') this.#state = { kind: 'open', until: 0 };
  }
}
