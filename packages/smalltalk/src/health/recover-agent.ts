import { withinTime } from '../core/within-time.ts';
import type { Reporter } from '../core/reporter.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { ConversationAgent, WatchedAgent } from '../types/agent.ts';
import type { RecoveryPlan, RecoveryResult, RecoveryStrategy } from '../types/agent-health.ts';
import type { Clock } from '../types/clock.ts';
import { StorageError } from '../types/errors.ts';
import type { AgentStateStore } from './agent-state-store.ts';

/** From this share of failed replays on, an agent has lost too much to be called healthy. */
const DEGRADED_SHARE = 0.5;

/** What a recovery needs. */
export type RecoverAgentParts = {
  readonly clock: Clock;
  readonly reporter: Reporter;
  readonly bus: EventBus | undefined;
  readonly states: AgentStateStore | undefined;
  /** Makes the agent that takes a lost one's place. */
  readonly makeReplacement:
    | ((agentId: string, signal: AbortSignal) => Promise<ConversationAgent>)
    | undefined;
};

/** Who is to be recovered, and how. */
export type RecoverAgentRequest = {
  readonly agent: WatchedAgent;
  readonly strategy: RecoveryStrategy;
  readonly plan: Required<RecoveryPlan>;
  /** When it was last known to live: what happened since is replayed. */
  readonly lastAlive: number;
};

/** How it went, and who answers from now on. */
export type Recovery = RecoveryResult & {
  /** The agent that has taken the lost one's place; undefined where it is the same one. */
  readonly replacement: ConversationAgent | undefined;
  /** At least half of what it missed could not be handed over. */
  readonly isDegraded: boolean;
};

/** Makes the one attempt that a strategy stands for: act, restore the state, prove that it lives, replay what it missed. */
export function makeRecoverAgent(parts: RecoverAgentParts) {
  const { clock, reporter } = parts;
  return async (request: RecoverAgentRequest): Promise<Recovery> => {
    const { strategy, plan, agent } = request;
    const started = clock.now();
    const limit = { ms: plan.timeoutMs, clock, what: `The recovery of agent ${agent.name}` };
    try {
      const recovered = await withinTime((signal) => attempt(parts, request, signal), limit);
      return { ...recovered, success: true, strategy, durationMs: clock.now() - started };
    } catch (error) {
      reporter.error('An agent could not be recovered', error, { agentId: agent.name, strategy });
      const message = error instanceof Error ? error.message : String(error);
      const durationMs = clock.now() - started;
      return {
        success: false,
        strategy,
        durationMs,
        error: message,
        replacement: undefined,
        isDegraded: false,
      };
    }
  };
}

/** Takes up an agent that has come back, by itself or by a recovery; gives whether it has lost too much. */
export async function restoreAgent(
  parts: RecoverAgentParts,
  { agent, lostAs, since }: { agent: WatchedAgent; lostAs: string; since: number },
): Promise<{ isDegraded: boolean }> {
  const { states, bus, reporter } = parts;
  const state = await states?.load(lostAs);
  if (state != null) await agent.restoreState?.(state);
  if (!(await agent.ping()))
    throw new StorageError(`Agent ${agent.name} does not answer after its restoration`);
  if (bus === undefined) return { isDegraded: false };
  const { delivered, failed } = await bus.replayWithReport(agent.name, { since });
  for (let count = 0; count < failed; count += 1)
    reporter.metrics.increment('event_replay_failure_total', { agent_id: agent.name });
  const isDegraded = failed > 0 && failed / (delivered + failed) >= DEGRADED_SHARE;
  if (isDegraded)
    reporter.alert({
      kind: 'agent-replay-degraded',
      severity: 'critical',
      agentId: agent.name,
      error: `${String(failed)} of ${String(delivered + failed)} missed events could not be replayed`,
      retryCount: failed,
    });
  return { isDegraded };
}

async function attempt(
  parts: RecoverAgentParts,
  { agent, strategy, lastAlive }: RecoverAgentRequest,
  signal: AbortSignal,
): Promise<Pick<Recovery, 'replacement' | 'isDegraded'>> {
  const replacement = await act(parts, { agent, strategy, signal });
  const acting = replacement ?? agent;
  const { isDegraded } = await restoreAgent(parts, { agent: acting, lostAs: agent.name, since: lastAlive });
  return { replacement, isDegraded };
}

async function act(
  { makeReplacement }: RecoverAgentParts,
  { agent, strategy, signal }: { agent: WatchedAgent; strategy: RecoveryStrategy; signal: AbortSignal },
): Promise<ConversationAgent | undefined> {
  switch (strategy) {
    case 'restart':
      if (agent.restart === undefined) throw new StorageError(`Agent ${agent.name} cannot be restarted`);
      await agent.restart();
      return undefined;
    case 'replace':
      if (makeReplacement === undefined) throw new StorageError(`Nobody can take the place of ${agent.name}`);
      return makeReplacement(agent.name, signal);
    case 'alert':
      throw new StorageError(`Agent ${agent.name} waits for an operator`);
    case 'none':
      throw new StorageError(`Nothing is done about agent ${agent.name}`);
  }
}
