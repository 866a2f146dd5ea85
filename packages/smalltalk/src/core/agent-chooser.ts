import type { AgentRouter, RoutingDecision, RoutingRequest } from '../types/agent-router.ts';
import type { Clock } from '../types/clock.ts';
import { decide, type HandoffRule } from './plain-router.ts';

/** Decides who answers: a person's choice first, then the rules for hand-offs, then the router. */
export class AgentChooser {
  readonly #router: AgentRouter;
  readonly #clock: Clock;
  readonly #chosen = new Map<string, string>();
  readonly #rules: HandoffRule[] = [];

  constructor({ router, clock }: { router: AgentRouter; clock: Clock }) {
    this.#router = router;
    this.#clock = clock;
  }

  /** A person's choice for a session holds until it is released. */
  hold(sessionId: string, agentName: string): void {
    this.#chosen.set(sessionId, agentName);
  }

  /** Whether there was a choice to release. */
  release(sessionId: string): boolean {
    return this.#chosen.delete(sessionId);
  }

  heldBy(sessionId: string): string | undefined {
    return this.#chosen.get(sessionId);
  }

  /** The higher its priority, the earlier a rule is asked. */
  addRule(rule: HandoffRule): void {
    this.#rules.push(rule);
    this.#rules.sort((one, other) => other.priority - one.priority);
  }

  /** Forgets everything about an agent that has gone. */
  forget(agentName: string): void {
    for (const [sessionId, name] of this.#chosen) if (name === agentName) this.#chosen.delete(sessionId);
  }

  async choose(request: RoutingRequest & { readonly only?: string | undefined }): Promise<RoutingDecision> {
    const { only, ...asked } = request;
    const names = asked.agents.map(({ name }) => name);
    const manual = only ?? this.#chosen.get(asked.sessionId ?? '');
    if (manual !== undefined && names.includes(manual))
      return decide({ agentName: manual, source: 'manual', confidence: 1, names, clock: this.#clock });
    const rule = this.#rules.find(
      ({ condition, targetAgent }) => names.includes(targetAgent) && condition(asked),
    );
    if (rule !== undefined)
      return decide({
        agentName: rule.targetAgent,
        source: 'rule',
        confidence: 1,
        names,
        clock: this.#clock,
      });
    return this.#router.choose(asked);
  }
}
