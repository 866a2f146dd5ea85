import { repeat } from '../core/repeat.ts';
import type { Reporter } from '../core/reporter.ts';
import type { Clock } from '../types/clock.ts';
import { ValidationError } from '../types/errors.ts';
import type { EventLog } from './event-log.ts';
import type { ProcessedIds } from './processed-ids.ts';

const HOUR = 3_600_000;
const CRITICAL_AFTER_MS = 24 * HOUR;
const MEMORY_LIMIT_MB = 100;

/** How long a bus keeps events in its log and deliveries in mind. */
export type RetentionOptions = {
  /** 1 hour to 30 days (720); 24 unless told otherwise. Older events go into the log's archive. */
  readonly hours?: number;
};

/** What retention is made of. */
export type EventRetentionParts = {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly reporter: Reporter;
  readonly registries: () => readonly ProcessedIds[];
};

/** Once an hour archives what is too old, and forgets the deliveries that nobody can ask for again. */
export class EventRetention {
  readonly #parts: EventRetentionParts;
  readonly #keepMs: number;
  #failingSince: number | undefined;

  constructor(parts: EventRetentionParts, { hours = 24 }: RetentionOptions) {
    if (!(hours >= 1 && hours <= 720))
      throw new ValidationError(`Events are kept for 1 to 720 hours, not ${String(hours)}`, ['hours']);
    this.#parts = parts;
    this.#keepMs = hours * HOUR;
  }

  /** Sweeps every hour until the signal aborts. */
  run(signal: AbortSignal): Promise<void> {
    const { clock, reporter } = this.#parts;
    const onFault = (error: unknown) => {
      reporter.error('The events could not be swept', error);
    };
    return repeat(() => this.sweep(), { everyMs: HOUR, clock, signal, onFault });
  }

  async sweep(): Promise<void> {
    const olderThan = this.#parts.clock.now() - this.#keepMs;
    this.#forget(olderThan);
    await this.#archive(olderThan);
  }

  async #archive(olderThan: number): Promise<void> {
    const { log, clock, reporter } = this.#parts;
    try {
      const archived = await log.archive(olderThan);
      this.#failingSince = undefined;
      if (archived > 0) reporter.log('INFO', 'Old events were archived', { archived });
    } catch (error) {
      this.#failingSince ??= clock.now();
      const failingMs = clock.now() - this.#failingSince;
      if (failingMs < CRITICAL_AFTER_MS) return reporter.error('Old events could not be archived', error);
      reporter.alert({
        kind: 'event-retention-failing',
        severity: 'critical',
        error,
        retryCount: Math.round(failingMs / HOUR),
      });
    }
  }

  #forget(olderThan: number): void {
    const { registries, reporter } = this.#parts;
    const all = registries();
    let forgotten = 0;
    for (const registry of all) forgotten += registry.forgetBefore(olderThan);
    const memoryMb = () => all.reduce((sum, registry) => sum + registry.bytes, 0) / 1024 ** 2;
    if (memoryMb() > MEMORY_LIMIT_MB) {
      reporter.log('WARN', 'The registry of deliveries is too large and is halved', { memoryMb: memoryMb() });
      for (const registry of all) forgotten += registry.halve();
    }
    reporter.metrics.set('registry_memory_usage_mb', memoryMb());
    if (forgotten > 0) reporter.log('INFO', 'Deliveries were forgotten', { forgotten, memoryMb: memoryMb() });
  }
}
