import { randomUUID } from 'node:crypto';
import { repeat } from '../core/repeat.ts';
import type { Clock } from '../types/clock.ts';

/** How many failing agents are too many, and when they are few enough again; times in milliseconds. */
export type DegradationConfig = {
  /** More failing agents than this within the window (3). */
  readonly threshold?: number;
  readonly windowMs?: number;
  /** Fewer failing agents than this (2), for so long (120,000), end it; with 0 it ends only when it is told to. */
  readonly recoveredBelow?: number;
  readonly recoveredForMs?: number;
  /** How often the failing agents are recovered meanwhile (60,000). */
  readonly recoveryIntervalMs?: number;
};

/** Too many agents fail at once; everything that belongs to it carries the correlation id. */
export type Degradation = {
  readonly correlationId: string;
  readonly since: number;
  readonly agentIds: readonly string[];
};

/** What degradation mode is made of. */
export type DegradationModeParts = {
  readonly clock: Clock;
  readonly config: DegradationConfig;
  readonly onEntered: (degradation: Degradation) => void;
  readonly onLeft: (degradation: Degradation) => void;
  readonly recoverAll: () => Promise<void>;
};

/** Enters degradation mode when more agents fail within a window than may, and leaves it when they are back for good. */
export class DegradationMode {
  readonly #parts: DegradationModeParts;
  readonly #config: Required<DegradationConfig>;
  readonly #failedAt = new Map<string, number>();
  readonly #failing = new Set<string>();
  #current: Degradation | undefined;
  #recovering = new AbortController();
  #leaving: AbortController | undefined;

  constructor(parts: DegradationModeParts) {
    this.#parts = parts;
    this.#config = {
      threshold: 3,
      windowMs: 30_000,
      recoveredBelow: 2,
      recoveredForMs: 120_000,
      recoveryIntervalMs: 60_000,
      ...parts.config,
    };
  }

  get current(): Degradation | undefined {
    return this.#current;
  }

  /** An agent was lost; the same one counts once, however often it is lost. */
  failed(agentId: string): void {
    const { clock } = this.#parts;
    this.#failing.add(agentId);
    this.#failedAt.set(agentId, clock.now());
    const agentIds = [...this.#failedAt]
      .filter(([, at]) => at > clock.now() - this.#config.windowMs)
      .map(([id]) => id);
    if (this.#current === undefined && agentIds.length > this.#config.threshold) this.#enter(agentIds);
    this.#reconsider();
  }

  /** An agent works again, or is not monitored any more. */
  recovered(agentId: string): void {
    this.#failing.delete(agentId);
    this.#reconsider();
  }

  stop(): void {
    this.#recovering.abort();
    this.#leaving?.abort();
    this.#leaving = undefined;
  }

  #enter(agentIds: readonly string[]): void {
    const { clock, onEntered, recoverAll } = this.#parts;
    this.#current = { correlationId: randomUUID(), since: clock.now(), agentIds };
    this.#recovering = new AbortController();
    const { signal } = this.#recovering;
    // Each recovery reports its own fault.
    void repeat(recoverAll, {
      everyMs: this.#config.recoveryIntervalMs,
      clock,
      signal,
      onFault: () => undefined,
    });
    onEntered(this.#current);
  }

  #reconsider(): void {
    if (this.#current === undefined) return;
    const isQuiet = this.#failing.size < this.#config.recoveredBelow;
    if (!isQuiet) {
      this.#leaving?.abort();
      this.#leaving = undefined;
    } else if (this.#leaving === undefined) {
      const { signal } = (this.#leaving = new AbortController());
      void this.#parts.clock.sleep(this.#config.recoveredForMs, signal).then(() => {
        if (!signal.aborted) this.leave();
      });
    }
  }

  /** Ends it now, and forgets who failed; gives whether it was on. */
  leave(): boolean {
    const left = this.#current;
    if (left === undefined) return false;
    this.stop();
    this.#current = undefined;
    this.#failedAt.clear();
    this.#parts.onLeft(left);
    return true;
  }
}
