import type { AgentHostParts } from './core/agent-host-parts.ts';
import { GroupConversationManager } from './groups/group-conversation-manager.ts';
import { AgentHealthMonitor } from './health/agent-health-monitor.ts';
import type { AgentHealthMonitorOptions } from './health/health-options.ts';
import type { HealthConfig } from './types/agent-health.ts';
import { ConversationRouter } from './orchestration/conversation-router.ts';
import { InteractiveOrchestrator } from './orchestration/interactive-orchestrator.ts';
import { makeOrchestrateInSession } from './orchestration/orchestrate-in-session.ts';
import type { InteractiveOrchestratorOptions } from './orchestration/orchestrator-options.ts';
import type { AlertSink } from './types/alert-sink.ts';
import type { ConversationAgent } from './types/agent.ts';
import type { Clock } from './types/clock.ts';
import type { LogSink } from './types/log-sink.ts';
import type { MetricSink } from './types/metric-sink.ts';

/** How agents are watched and led; everything has a default. */
export type TeamworkOptions = {
  /** When an agent counts as lost, and what is done about it. */
  readonly health?: HealthConfig &
    Pick<AgentHealthMonitorOptions, 'stateLimits' | 'makeReplacement' | 'degradation'>;
  /** What users may do while several agents work for them. */
  readonly orchestration?: Pick<
    InteractiveOrchestratorOptions,
    'interruptionSensitivity' | 'allowAgentSwitching' | 'enablePlanRedirection' | 'maxAutoResponses'
  >;
};

/** Where time comes from and news go. */
export type TeamworkSinks = {
  readonly clock?: Clock;
  readonly log?: LogSink;
  readonly metrics?: MetricSink;
  readonly alerts?: AlertSink;
};

/** What of a host teamwork needs. */
export type TeamworkHost = Pick<
  AgentHostParts,
  'storage' | 'sessions' | 'events' | 'router' | 'agentTimeoutMs' | 'tracer'
> & { readonly maxConcurrentSessions: number };

/** Watches the agents of a host, and lets several of them work on one thing. */
export class Teamwork {
  readonly health: AgentHealthMonitor;
  readonly groups: GroupConversationManager;
  readonly orchestrator: InteractiveOrchestrator;
  /** Lets the orchestrator answer in a session. */
  readonly orchestrate: ReturnType<typeof makeOrchestrateInSession>;
  #endFollowing = (): void => undefined;

  constructor(options: TeamworkOptions & TeamworkSinks, host: TeamworkHost) {
    const { clock, log, metrics } = options;
    const sinks = { ...(clock && { clock }), ...(log && { log }), ...(metrics && { metrics }) };
    const { events: bus, router, storage, agentTimeoutMs } = host;
    this.health = makeHealth(options, host);
    const shared = { ...sinks, vitals: this.health, bus, agentTimeoutMs };
    const { tracer } = host;
    this.groups = new GroupConversationManager({ ...shared, router, storage, tracer });
    this.orchestrator = new InteractiveOrchestrator({
      ...shared,
      ...options.orchestration,
      // One that is not ours can't tell how it decides, which a plan has to.
      ...(router instanceof ConversationRouter && { router }),
    });
    const { sessions } = host;
    this.orchestrate = makeOrchestrateInSession({ orchestrator: this.orchestrator, sessions });
  }

  join(agent: ConversationAgent): void {
    this.health.registerAgent(agent);
    this.orchestrator.registerAgent(agent);
  }

  leave(agentName: string): void {
    this.health.unregisterAgent(agentName);
    this.orchestrator.removeAgent(agentName);
  }

  async start(): Promise<void> {
    this.#endFollowing = this.groups.followHealth();
    await this.health.startMonitoring();
  }

  async stop(): Promise<void> {
    this.#endFollowing();
    await this.orchestrator.shutdown();
    await this.health.stopMonitoring();
  }

  /** Tells the monitor of what the host sees of an agent. */
  observe(agentName: string, activity: 'asked' | 'spoke' | 'answered' | 'failed'): void {
    this.health.recordActivity(agentName, ACTIVITIES[activity]);
  }
}

const ACTIVITIES = {
  asked: 'request_started',
  spoke: 'spoke',
  answered: 'request_ended',
  failed: 'request_ended',
} as const;

/** While too many agents fail half of the sessions may be active, and those that are go on. */
function makeHealth(
  { health = {}, clock, log, metrics, alerts }: TeamworkOptions & TeamworkSinks,
  { storage, sessions, events, maxConcurrentSessions }: TeamworkHost,
): AgentHealthMonitor {
  const { stateLimits, makeReplacement, degradation, ...config } = health;
  const monitor = new AgentHealthMonitor({
    storage,
    config,
    ...(clock && { clock }),
    ...(log && { log }),
    ...(metrics && { metrics }),
    ...(alerts && { alerts }),
    ...(stateLimits && { stateLimits }),
    ...(makeReplacement && { makeReplacement }),
    ...(degradation && { degradation }),
  });
  monitor.setEventBus(events);
  monitor.on('degradation_entered', () => {
    sessions.setMaxConcurrentSessions(Math.floor(maxConcurrentSessions / 2));
  });
  monitor.on('degradation_left', () => {
    sessions.setMaxConcurrentSessions(maxConcurrentSessions);
  });
  return monitor;
}
