import { withinTime } from '../core/within-time.ts';
import type { WatchedAgent } from '../types/agent.ts';
import type { Clock } from '../types/clock.ts';
import type { HealthSettings } from './health-settings.ts';

/** What a watch hears, and what it says. */
export type AgentWatchParts = {
  readonly agent: WatchedAgent;
  readonly settings: HealthSettings;
  readonly clock: Clock;
  /** Does some of the monitor's own work, and adds up what it costs. */
  readonly measure: <T>(work: () => T) => T;
  /** A heartbeat was asked for and has, or has not, been answered. */
  readonly onBeat: (beat: { readonly latencyMs: number; readonly error?: unknown }) => void;
  readonly onLost: (reason: string) => void;
  readonly onZombie: (reason: string) => void;
  /** An agent that was lost has answered. */
  readonly onBack: () => void;
};

/**
 * Watches one agent by deadlines of its own: it is asked for a sign of life only when it gave none by itself.
 *
 * The heartbeats that follow its last sign of life are due at fixed moments, so how long it may stay unnoticed does
 * not depend on anybody else.
 */
export class AgentWatch {
  readonly #parts: AgentWatchParts;
  readonly #busySince: number[] = [];
  #stopping = new AbortController();
  /** The last sign of life. */
  #lastAlive: number;
  /** From here the moments of the next heartbeats are counted. */
  #anchor: number;
  #lastProof: number;
  #lastActivity: number | undefined;
  #lastProbe: number | undefined;
  #beats = 0;
  #missed = 0;
  #lost: 'no' | 'silent' | 'zombie' = 'no';
  #isPaused = false;

  constructor(parts: AgentWatchParts) {
    this.#parts = parts;
    this.#lastAlive = parts.clock.now();
    this.#anchor = this.#lastAlive;
    this.#lastProof = this.#lastAlive;
  }

  get lastAlive(): number {
    return this.#lastAlive;
  }

  get lastActivity(): number | undefined {
    return this.#lastActivity;
  }

  get lastProbe(): number | undefined {
    return this.#lastProbe;
  }

  get missed(): number {
    return this.#missed;
  }

  start(): void {
    this.#stopping.abort();
    this.#stopping = new AbortController();
    this.#takeForAlive();
    this.#lastProof = this.#lastAlive;
    const { signal } = this.#stopping;
    void this.#keepBeating(signal);
    if (this.#parts.agent.probe !== undefined && this.#parts.settings.livenessInterval > 0)
      void this.#keepProbing(signal);
  }

  stop(): void {
    this.#stopping.abort();
  }

  /** The agent did something by itself: that is as good as a heartbeat, and as a proof that it can work. */
  active(type: string): void {
    const now = this.#parts.clock.now();
    if (type === 'request_started') this.#busySince.push(now);
    if (type === 'request_ended') this.#busySince.shift();
    this.#lastActivity = now;
    this.#lastProof = now;
    this.#answered({ canWork: true });
  }

  /** While somebody recovers the agent nobody asks it for a sign of life. */
  pause(): void {
    this.#isPaused = true;
  }

  /** It is healthy again, or, if it is still lost, it is asked again. */
  resume({ isLost }: { isLost: boolean }): void {
    this.#isPaused = false;
    this.#busySince.length = 0;
    this.#beats = 0;
    this.#missed = 0;
    this.#anchor = this.#parts.clock.now();
    this.#lastProof = this.#anchor;
    if (!isLost) this.#lastAlive = this.#anchor;
    this.#lost = isLost ? 'silent' : 'no';
  }

  /** Asks for a sign of life now. */
  async beat(): Promise<boolean> {
    const { agent, settings, clock, measure, onBeat } = this.#parts;
    const started = performance.now();
    const limit = { ms: settings.heartbeatTimeout, clock, what: `A heartbeat of ${agent.name}` };
    try {
      if (!(await measure(() => withinTime((signal) => agent.ping(signal), limit))))
        throw new Error(`${agent.name} says that it does not live`);
      onBeat({ latencyMs: performance.now() - started });
      this.#answered({ canWork: false });
      return true;
    } catch (error) {
      onBeat({ latencyMs: performance.now() - started, error });
      return false;
    }
  }

  async #keepBeating(signal: AbortSignal): Promise<void> {
    const { clock, settings } = this.#parts;
    for (;;) {
      const dueAt = this.#anchor + (this.#beats + 1) * settings.heartbeatInterval;
      await clock.sleep(Math.max(0, dueAt - clock.now()), signal);
      if (signal.aborted) return;
      if (clock.now() < this.#anchor + (this.#beats + 1) * settings.heartbeatInterval) continue;
      this.#beats += 1;
      if (this.#isPaused) continue;
      const asked = this.#anchor;
      if (await this.beat()) continue;
      if (signal.aborted || this.#isPaused || this.#anchor !== asked) continue;
      this.#missedOne();
    }
  }

  #missedOne(): void {
    const { settings, onLost } = this.#parts;
    this.#missed += 1;
    if (this.#lost === 'silent' || this.#missed < settings.maxMissedBeats) return;
    this.#lost = 'silent';
    onLost(`${String(this.#missed)} heartbeats without an answer`);
  }

  async #keepProbing(signal: AbortSignal): Promise<void> {
    const { clock, settings } = this.#parts;
    for (;;) {
      const dueAt = this.#lastProof + settings.livenessInterval;
      await clock.sleep(Math.max(settings.livenessInterval / 10, dueAt - clock.now()), signal);
      if (signal.aborted) return;
      if (clock.now() < this.#lastProof + settings.livenessInterval) continue;
      if (this.#lost !== 'silent' && !this.#isPaused && !this.#isBusy()) await this.#probe(signal);
    }
  }

  async #probe(signal: AbortSignal): Promise<void> {
    const { agent, clock, settings, onZombie } = this.#parts;
    const limit = { ms: settings.livenessTimeout, clock, what: `A liveness probe of ${agent.name}` };
    const before = this.#lastProof;
    this.#lastProbe = clock.now();
    try {
      if ((await withinTime(async (ended) => agent.probe?.(ended), limit)) === false)
        throw new Error(`${agent.name} cannot work`);
      this.#lastProof = clock.now();
      this.#answered({ canWork: true });
    } catch (error) {
      // What it did meanwhile proves more than the probe; and who is lost is no zombie.
      if (signal.aborted || this.#lost !== 'no' || this.#isPaused || this.#lastProof !== before) return;
      this.#lost = 'zombie';
      onZombie(error instanceof Error ? error.message : String(error));
    }
  }

  #isBusy(): boolean {
    const [oldest] = this.#busySince;
    return oldest !== undefined && this.#parts.clock.now() - oldest < this.#parts.settings.busyTimeout;
  }

  /** A heartbeat alone does not bring a zombie back: it never stopped beating. */
  #answered({ canWork }: { canWork: boolean }): void {
    if (this.#isPaused) return;
    const wasLost = this.#lost;
    this.#takeForAlive();
    if (wasLost === 'zombie' && !canWork) this.#lost = 'zombie';
    else if (wasLost !== 'no') this.#parts.onBack();
  }

  #takeForAlive(): void {
    this.#lastAlive = this.#parts.clock.now();
    this.#anchor = this.#lastAlive;
    this.#beats = 0;
    this.#missed = 0;
    this.#lost = 'no';
  }
}
