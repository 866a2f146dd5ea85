import type { AlertSink } from '../types/alert-sink.ts';
import { type Clock, systemClock } from '../types/clock.ts';
import { ValidationError } from '../types/errors.ts';
import type { LogSink } from '../types/log-sink.ts';
import type { MetricSink } from '../types/metric-sink.ts';

const SECOND = 1000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What a session manager can be told; every time is in milliseconds. */
export type SessionManagerOptions = {
  /** How long a session lives unless `createSession` says otherwise: 1 hour to 30 days, 7 days by default. */
  readonly expirationMs?: number;
  /** How often changed sessions are saved: 1 to 60 seconds, 30 by default. */
  readonly autosaveIntervalMs?: number;
  /** How many sessions may be active at once (100). */
  readonly maxConcurrentSessions?: number;
  /** A session without a change for so long becomes idle (1 hour): it stays stored and counts no more. */
  readonly idleAfterMs?: number;
  /** How often what has expired or was invalidated is swept up (5 minutes). */
  readonly sweepIntervalMs?: number;
  readonly clock?: Clock;
  /** JSON lines on standard error unless told otherwise. */
  readonly log?: LogSink;
  readonly alerts?: AlertSink;
  readonly metrics?: MetricSink;
};

/** The times and limits of a session manager, checked. */
export type SessionSettings = Required<
  Omit<SessionManagerOptions, 'clock' | 'log' | 'alerts' | 'metrics'>
> & { readonly clock: Clock };

/** Fills in what was not said and refuses what cannot be. */
export function toSessionSettings(options: SessionManagerOptions): SessionSettings {
  const { expirationMs = 7 * DAY, autosaveIntervalMs = 30 * SECOND, maxConcurrentSessions = 100 } = options;
  const { idleAfterMs = HOUR, sweepIntervalMs = 300 * SECOND, clock = systemClock } = options;
  assertExpiration(expirationMs);
  assertWithin('autosaveIntervalMs', autosaveIntervalMs, [SECOND, 60 * SECOND]);
  assertWithin('maxConcurrentSessions', maxConcurrentSessions, [0, Number.MAX_SAFE_INTEGER]);
  assertWithin('idleAfterMs', idleAfterMs, [SECOND, 30 * DAY]);
  assertWithin('sweepIntervalMs', sweepIntervalMs, [SECOND, DAY]);
  return { expirationMs, autosaveIntervalMs, maxConcurrentSessions, idleAfterMs, sweepIntervalMs, clock };
}

/** Refuses a life of less than an hour or more than 30 days; milliseconds. */
export function assertExpiration(ms: number): void {
  assertWithin('expirationMs', ms, [HOUR, 30 * DAY]);
}

function assertWithin(name: string, value: number, [min, max]: readonly [number, number]): void {
  if (!(value >= min && value <= max))
    throw new ValidationError(`${name} is between ${String(min)} and ${String(max)}, not ${String(value)}`, [
      name,
    ]);
}
