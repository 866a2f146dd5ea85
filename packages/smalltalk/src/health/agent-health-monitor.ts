import { EventEmitter } from 'node:events';
import { Reporter } from '../core/reporter.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { WatchedAgent } from '../types/agent.ts';
import {
  type AgentHealthStatus,
  type AgentVitals,
  canWork,
  type HealthChangeEvent,
  type HealthConfig,
  type HealthState,
  type MonitoringStats,
  type RecoveryPlan,
  type RecoveryResult,
  type RecoveryStrategy,
} from '../types/agent-health.ts';
import { type Clock, systemClock } from '../types/clock.ts';
import { ConflictError, NotFoundError } from '../types/errors.ts';
import { LatencyHistogram } from '../types/latency-histogram.ts';
import { jsonLogSink } from '../types/log-sink.ts';
import { noMetrics } from '../types/metric-sink.ts';
import { AgentStateStore } from './agent-state-store.ts';
import { AgentWatch } from './agent-watch.ts';
import { type Degradation, DegradationMode } from './degradation.ts';
import type { AgentHealthMonitorOptions, AgentHealthSignals } from './health-options.ts';
import { HealthReporter } from './health-reporter.ts';
import { type HealthSettings, toHealthSettings, toRecoveryPlan } from './health-settings.ts';
import { MonitoredAgent } from './monitored-agent.ts';
import { makeRecoverAgent, type Recovery, type RecoverAgentParts, restoreAgent } from './recover-agent.ts';

const FIRST_RETRY_MS = 1000;

/**
 * Sees within seconds that an agent is lost, and brings it back.
 *
 * Whatever an agent does by itself counts as a sign of life; only a silent one is asked for a heartbeat, and only an
 * idle one for a proof that it can work. What is found out is acted upon by the agent's recovery strategy.
 */
export class AgentHealthMonitor extends EventEmitter<AgentHealthSignals> implements AgentVitals {
  readonly #clock: Clock;
  readonly #reporter: Reporter;
  readonly #say: HealthReporter;
  readonly #states: AgentStateStore | undefined;
  readonly #makeReplacement: AgentHealthMonitorOptions['makeReplacement'];
  readonly #agents = new Map<string, MonitoredAgent>();
  readonly #degradation: DegradationMode;
  readonly #beats = { total: 0, failed: 0, latency: new LatencyHistogram(0.1) };
  readonly #recoveries = { attempts: 0, successes: 0 };
  #settings: HealthSettings;
  #work = { sinceMs: 0, busyMs: 0 };
  #running: AbortController | undefined;

  constructor(options: AgentHealthMonitorOptions = {}) {
    super();
    const { clock = systemClock, log = jsonLogSink(), metrics = noMetrics, alerts, storage } = options;
    this.#settings = toHealthSettings(options.config ?? {});
    this.#clock = clock;
    this.#reporter = new Reporter({ component: 'agent-health', clock, log, metrics, alerts });
    this.#say = new HealthReporter(this.#reporter);
    const limits = options.stateLimits === undefined ? {} : { limits: options.stateLimits };
    this.#states =
      storage === undefined
        ? undefined
        : new AgentStateStore({ storage, reporter: this.#reporter, ...limits });
    this.#makeReplacement = options.makeReplacement;
    this.#degradation = new DegradationMode({
      clock,
      config: options.degradation ?? {},
      onEntered: (degradation) => {
        this.#say.degradation('degradation-entered', degradation);
        this.emit('degradation_entered', degradation);
      },
      onLeft: (degradation) => {
        this.#say.degradation('degradation-left', degradation);
        this.emit('degradation_left', degradation);
      },
      recoverAll: () => this.#recoverAll(),
    });
  }

  /** Says when an agent counts as lost; before the agents are registered. */
  initialize(config?: HealthConfig): Promise<void> {
    if (config !== undefined) this.#settings = toHealthSettings(config);
    return Promise.resolve();
  }

  /** Where changes of health are published, and what is replayed to an agent that comes back. */
  setEventBus(bus: EventBus): void {
    this.#say.bus = bus;
  }

  /** Watches an agent, at once where monitoring runs. */
  registerAgent(agent: WatchedAgent, strategy?: RecoveryStrategy | RecoveryPlan): void {
    if (this.#agents.has(agent.name)) throw new ConflictError(`Agent ${agent.name} is monitored already`);
    const plan = strategy === undefined ? this.#settings.defaultPlan : toRecoveryPlan(strategy);
    this.#add(agent, plan);
  }

  /** Watches an agent no longer; gives whether it was watched. */
  unregisterAgent(agentId: string): boolean {
    const monitored = this.#agents.get(agentId);
    if (monitored === undefined) return false;
    monitored.stop();
    this.#agents.delete(agentId);
    this.#degradation.recovered(agentId);
    return true;
  }

  /** Repeatable: what runs already goes on. */
  startMonitoring(): Promise<void> {
    if (this.#running !== undefined) return Promise.resolve();
    this.#running = new AbortController();
    this.#work = { sinceMs: performance.now(), busyMs: 0 };
    for (const monitored of this.#agents.values()) monitored.watch.start();
    return Promise.resolve();
  }

  stopMonitoring(): Promise<void> {
    this.#running?.abort();
    this.#running = undefined;
    for (const monitored of this.#agents.values()) monitored.stop();
    this.#degradation.stop();
    return Promise.resolve();
  }

  getAgentHealth(agentId: string): AgentHealthStatus | null {
    return this.#agents.get(agentId)?.status() ?? null;
  }

  getAllAgentHealth(): Map<string, AgentHealthStatus> {
    return new Map([...this.#agents].map(([id, monitored]) => [id, monitored.status()]));
  }

  isAvailable(agentId: string): boolean {
    const state = this.#agents.get(agentId)?.state;
    return state === undefined || canWork(state);
  }

  /** The mode that too many failing agents have led to, if it is on. */
  getDegradation(): Degradation | undefined {
    return this.#degradation.current;
  }

  /** Ends the mode at once, because its host or a person knows better; gives whether it was on. */
  leaveDegradation(): boolean {
    return this.#degradation.leave();
  }

  /** Asks an agent for a sign of life now. */
  sendHeartbeat(agentId: string): Promise<boolean> {
    return this.#find(agentId).watch.beat();
  }

  recordActivity(agentId: string, type: string): void {
    const monitored = this.#agents.get(agentId);
    if (monitored === undefined) return;
    this.#measure(() => {
      monitored.watch.active(type);
    });
    if (type === 'request_ended') this.#keepState(monitored.agent);
  }

  reportFailure(agentId: string, error: unknown): void {
    const monitored = this.#agents.get(agentId);
    if (monitored !== undefined && canWork(monitored.state))
      this.#loseAtOnce(monitored, error instanceof Error ? error.message : String(error));
  }

  setRecoveryStrategy(agentId: string, strategy: RecoveryStrategy | RecoveryPlan): void {
    this.#find(agentId).plan = toRecoveryPlan(strategy);
  }

  /** Makes one attempt now, by the agent's strategy; the only way back for one that has failed. */
  async recoverAgent(agentId: string): Promise<RecoveryResult> {
    const { success, strategy, durationMs, error } = await this.#attempt(this.#find(agentId));
    return { success, strategy, durationMs, ...(error !== undefined && { error }) };
  }

  getStats(): MonitoringStats {
    const states = [...this.#agents.values()].map(({ state }) => state);
    const count = (wanted: HealthState) => states.filter((state) => state === wanted).length;
    const elapsedMs = performance.now() - this.#work.sinceMs;
    return {
      totalAgents: states.length,
      healthyAgents: count('healthy'),
      disconnectedAgents: count('disconnected'),
      recoveringAgents: count('recovering'),
      zombieAgents: count('zombie'),
      degradedAgents: count('degraded'),
      failedAgents: count('failed'),
      totalHeartbeats: this.#beats.total,
      failedHeartbeats: this.#beats.failed,
      recoveryAttempts: this.#recoveries.attempts,
      successfulRecoveries: this.#recoveries.successes,
      avgHeartbeatLatency: this.#beats.latency.summary().avgMs,
      cpuOverheadPercent: this.#running === undefined ? 0 : (this.#work.busyMs / elapsedMs) * 100,
    };
  }

  #add(agent: WatchedAgent, plan: Required<RecoveryPlan>): MonitoredAgent {
    const monitored: MonitoredAgent = new MonitoredAgent({
      agent,
      plan,
      watch: new AgentWatch({
        agent,
        settings: this.#settings,
        clock: this.#clock,
        measure: (work) => this.#measure(work),
        onBeat: (beat) => {
          this.#countBeat(agent.name, beat);
        },
        onLost: (reason) => {
          this.#lose(monitored, 'disconnected', reason);
        },
        onZombie: (reason) => {
          this.#lose(monitored, 'zombie', reason);
        },
        onBack: () => {
          this.#takeBack(monitored);
        },
      }),
    });
    this.#agents.set(agent.name, monitored);
    this.#say.gauge(monitored);
    if (this.#running !== undefined) monitored.watch.start();
    return monitored;
  }

  #lose(monitored: MonitoredAgent, state: 'disconnected' | 'zombie', reason: string): void {
    monitored.failureCount += 1;
    monitored.lastError = reason;
    if (monitored.recoveryAttempts === 0) monitored.lostAt = monitored.watch.lastAlive;
    this.#move(monitored, state, reason);
    this.#say.lost(monitored);
    this.#degradation.failed(monitored.agent.name);
    void this.#keepRecovering(monitored);
  }

  /** Attempts with growing pauses until it is back, or is left to a person. */
  async #keepRecovering(monitored: MonitoredAgent): Promise<void> {
    const strategy = monitored.strategy;
    if (strategy === 'none') return;
    if (strategy === 'alert') return this.#say.alert('agent-disconnected', monitored);
    const { signal } = monitored.beginRecovering();
    while (!signal.aborted) {
      if ((await this.#attempt(monitored)).success || signal.aborted) return;
      const { failureThreshold, maxRetries, backoffMultiplier } = monitored.plan;
      const attempts = monitored.recoveryAttempts;
      if (attempts === failureThreshold) this.#say.alert('agent-recovery-failing', monitored);
      if (maxRetries > 0 && attempts >= maxRetries) return this.#giveUp(monitored);
      await this.#clock.sleep(FIRST_RETRY_MS * backoffMultiplier ** (attempts - 1), signal);
    }
  }

  async #attempt(monitored: MonitoredAgent): Promise<Recovery> {
    const { plan, strategy } = monitored;
    const lost = monitored.state;
    monitored.recoveryAttempts += 1;
    monitored.lastRecoveryAttempt = this.#clock.now();
    this.#recoveries.attempts += 1;
    monitored.watch.pause();
    if (!canWork(lost)) this.#move(monitored, 'recovering', `by ${strategy}`);
    const recover = makeRecoverAgent(this.#recoverParts());
    const recovery = await recover({ agent: monitored.agent, strategy, plan, lastAlive: monitored.lostAt });
    if (recovery.success) this.#settle(monitored, recovery);
    else {
      monitored.lastError = recovery.error;
      this.#move(monitored, canWork(lost) || lost === 'failed' ? lost : 'disconnected', recovery.error);
      monitored.watch.resume({ isLost: !canWork(lost) });
    }
    return recovery;
  }

  #settle(monitored: MonitoredAgent, { replacement, isDegraded }: Recovery): void {
    this.#recoveries.successes += 1;
    monitored.stopRecovering();
    const lostAs = monitored.agent.name;
    const state = isDegraded ? 'degraded' : 'healthy';
    if (replacement === undefined) {
      this.#move(monitored, state, 'recovered');
      monitored.watch.resume({ isLost: false });
      this.#degradation.recovered(lostAs);
      return;
    }
    this.unregisterAgent(lostAs);
    this.unregisterAgent(replacement.name);
    const successor = this.#add(replacement, monitored.plan);
    if (isDegraded) this.#move(successor, 'degraded', 'took over');
    this.emit('agent_replaced', { agentId: lostAs, replacement });
    this.#say.publish('agent:replaced', { agentId: lostAs, replacement: replacement.name });
  }

  /** It came back by itself: it gets its state and what it missed, like one that was recovered. */
  #takeBack(monitored: MonitoredAgent): void {
    if (monitored.state === 'recovering') return;
    monitored.stopRecovering();
    monitored.watch.pause();
    const { agent, lostAt } = monitored;
    restoreAgent(this.#recoverParts(), { agent, lostAs: agent.name, since: lostAt }).then(
      ({ isDegraded }) => {
        this.#move(monitored, isDegraded ? 'degraded' : 'healthy', 'came back');
        monitored.watch.resume({ isLost: false });
        this.#degradation.recovered(agent.name);
      },
      (error: unknown) => {
        this.#reporter.error('An agent that came back could not be restored', error, { agentId: agent.name });
        monitored.watch.resume({ isLost: true });
      },
    );
  }

  async #recoverAll(): Promise<void> {
    const lost = [...this.#agents.values()].filter(
      ({ state }) => state === 'disconnected' || state === 'failed',
    );
    await Promise.all(lost.map((monitored) => this.#attempt(monitored)));
  }

  #loseAtOnce(monitored: MonitoredAgent, reason: string): void {
    monitored.watch.resume({ isLost: true });
    this.#lose(monitored, 'disconnected', reason);
  }

  #giveUp(monitored: MonitoredAgent): void {
    this.#move(monitored, 'failed', monitored.lastError);
    this.#say.alert('agent-failed', monitored);
  }

  #move(monitored: MonitoredAgent, newState: HealthState, reason: string | undefined): void {
    const previousState = monitored.state;
    if (previousState === newState || !monitored.move(newState)) return;
    const change: HealthChangeEvent = {
      agentId: monitored.agent.name,
      previousState,
      newState,
      timestamp: this.#clock.now(),
      ...(reason !== undefined && { reason }),
    };
    this.#say.gauge(monitored);
    this.#say.changed(change);
    this.#say.countDegraded(this.getStats().degradedAgents);
    this.emit('health_change', change);
  }

  #keepState(agent: WatchedAgent): void {
    const state = agent.captureState?.();
    if (state === undefined) return;
    this.#states?.save(agent.name, state).catch((error: unknown) => {
      this.#reporter.error('The state of an agent could not be kept', error, { agentId: agent.name });
    });
  }

  #countBeat(agentId: string, { latencyMs, error }: { latencyMs: number; error?: unknown }): void {
    const result = error === undefined ? 'answered' : 'missed';
    this.#reporter.metrics.increment('agent_health_checks_total', { agent_id: agentId, result });
    this.#beats.total += 1;
    this.#beats.latency.add(latencyMs);
    if (error !== undefined) this.#beats.failed += 1;
  }

  #recoverParts(): RecoverAgentParts {
    return {
      clock: this.#clock,
      reporter: this.#reporter,
      bus: this.#say.bus,
      states: this.#states,
      makeReplacement: this.#makeReplacement,
    };
  }

  #measure<T>(work: () => T): T {
    const started = performance.now();
    try {
      return work();
    } finally {
      this.#work.busyMs += performance.now() - started;
    }
  }

  #find(agentId: string): MonitoredAgent {
    const monitored = this.#agents.get(agentId);
    if (monitored === undefined) throw new NotFoundError('Agent', agentId);
    return monitored;
  }
}
