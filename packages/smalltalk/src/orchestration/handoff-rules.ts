import type { RoutingRequest } from '../types/agent-router.ts';

/** Says whether a rule holds for a message. */
export type HandoffCondition = (request: RoutingRequest) => boolean;

type Rule = {
  readonly condition: HandoffCondition;
  readonly target: string;
  readonly priority: number;
};

/** Rules of a host that hand certain messages to a certain agent; they are asked before anything is scored. */
export class HandoffRules {
  #rules: readonly Rule[] = [];

  /** The highest priority is asked first, and of equals the one that was added first. @returns what takes it away again. */
  add(condition: HandoffCondition, target: string, priority = 0): () => void {
    const rule: Rule = { condition, target, priority };
    this.#rules = [...this.#rules, rule].toSorted((one, other) => other.priority - one.priority);
    return () => {
      this.#rules = this.#rules.filter((each) => each !== rule);
    };
  }

  /** The first rule that holds and whose target is there. */
  find(request: RoutingRequest): { readonly target: string; readonly priority: number } | undefined {
    const present = new Set(request.agents.map(({ name }) => name));
    return this.#rules.find(({ target, condition }) => present.has(target) && condition(request));
  }
}
