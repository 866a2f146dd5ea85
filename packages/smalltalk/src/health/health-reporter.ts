import type { Reporter } from '../core/reporter.ts';
import type { EventBus } from '../events/event-bus.ts';
import { canWork, type HealthChangeEvent, type HealthState } from '../types/agent-health.ts';
import type { Degradation } from './degradation.ts';
import type { MonitoredAgent } from './monitored-agent.ts';

/** How bad a state is, as the gauge `agent_health_status` has it: 0 healthy, 1 warning, 2 critical. */
const GAUGE: Readonly<Record<HealthState, number>> = {
  healthy: 0,
  degraded: 1,
  recovering: 1,
  disconnected: 2,
  zombie: 2,
  failed: 2,
};

/** Tells logs, metrics, operators and the bus how the agents are. */
export class HealthReporter {
  bus: EventBus | undefined;
  readonly #reporter: Reporter;

  constructor(reporter: Reporter) {
    this.#reporter = reporter;
  }

  gauge({ agent, state }: MonitoredAgent): void {
    this.#reporter.metrics.set('agent_health_status', GAUGE[state], { agent_id: agent.name });
  }

  changed(change: HealthChangeEvent): void {
    const { agentId, newState } = change;
    this.#reporter.log(canWork(newState) ? 'INFO' : 'WARN', `Agent ${agentId} is ${newState}`, { ...change });
    this.publish(`agent:${newState}`, change, { isCritical: newState !== 'healthy' });
  }

  countDegraded(count: number): void {
    this.#reporter.metrics.set('degraded_agent_count', count);
  }

  lost({ agent, state, lastError }: MonitoredAgent): void {
    this.#reporter.metrics.increment('agent_failures_total', { agent_id: agent.name, failure_type: state });
    this.#reporter.log('ERROR', `Agent ${agent.name} is lost`, { agentId: agent.name, state, lastError });
  }

  alert(
    kind: 'agent-disconnected' | 'agent-recovery-failing' | 'agent-failed',
    monitored: MonitoredAgent,
  ): void {
    this.#reporter.alert({
      kind,
      severity: kind === 'agent-failed' ? 'critical' : 'error',
      agentId: monitored.agent.name,
      error: monitored.lastError ?? 'unknown',
      retryCount: monitored.recoveryAttempts,
    });
  }

  degradation(kind: 'degradation-entered' | 'degradation-left', degradation: Degradation): void {
    const { correlationId, agentIds } = degradation;
    const isEntered = kind === 'degradation-entered';
    this.#reporter.alert({
      kind,
      severity: isEntered ? 'critical' : 'error',
      correlationId,
      error: isEntered
        ? `${String(agentIds.length)} agents fail: ${agentIds.join(', ')}`
        : 'The agents are back',
      retryCount: 0,
    });
    this.publish(`health:${kind}`, degradation, { isCritical: true });
  }

  /** An event that nobody can take is logged; the monitor goes on. */
  publish(topic: string, payload: object, { isCritical = false } = {}): void {
    this.bus
      ?.publish(topic, payload, { priority: isCritical ? 'critical' : 'normal' })
      .catch((error: unknown) => {
        this.#reporter.error('A change of health could not be published', error, { topic });
      });
  }
}
