import type { EventBusOptions } from '../events/event-bus-options.ts';
import type { RetentionOptions } from '../events/event-retention.ts';
import type { HealthConfig } from '../types/agent-health.ts';
import type { StorageConfig } from '../persistence/storage-adapter.ts';
import { ValidationError } from '../types/errors.ts';
import type { SessionManagerOptions } from './session-settings.ts';

/** Settings as a process's environment has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment says about storage and sessions. */
export type PersistenceSettings = {
  /** For `StorageAdapterFactory.createAndInitialize`. */
  readonly storage: { readonly type: string; readonly config: StorageConfig };
  /** For `new SessionManager`. */
  readonly sessions: SessionManagerOptions;
  /** How many turns of an agent are kept for its recovery, and how many bytes its state may take. */
  readonly agentState: { readonly messageHistory: number; readonly maxSizeBytes: number };
  /** For `new EventBus`. */
  readonly events: Required<Pick<EventBusOptions, 'processedLimit'>> & {
    readonly retention: RetentionOptions;
  };
  /** For `new AgentHealthMonitor` and `new SmallTalk`. */
  readonly health: HealthConfig;
};

/**
 * Reads STORAGE_TYPE, STORAGE_PATH, REDIS_URL, SESSION_EXPIRATION_DAYS, MAX_CONCURRENT_SESSIONS, SESSION_TTL,
 * SESSION_CLEANUP_INTERVAL (seconds both), AGENT_STATE_MESSAGE_HISTORY, AGENT_STATE_MAX_SIZE_MB, EVENT_RETENTION_HOURS,
 * EVENT_REGISTRY_MAX_SIZE, HEARTBEAT_INTERVAL_MS and LIVENESS_PROBE_TIMEOUT_MS; what is absent has its default.
 */
export function readPersistenceSettings(env: Environment): PersistenceSettings {
  const type = env['STORAGE_TYPE'] ?? 'file';
  const location = type === 'redis' ? env['REDIS_URL'] : (env['STORAGE_PATH'] ?? './data');
  const heartbeatInterval = readNumber(env, 'HEARTBEAT_INTERVAL_MS', 2000);
  return {
    events: {
      retention: { hours: readNumber(env, 'EVENT_RETENTION_HOURS', 24) },
      processedLimit: readNumber(env, 'EVENT_REGISTRY_MAX_SIZE', 10_000),
    },
    health: {
      heartbeatInterval,
      // Two beats and half of a third: 5 seconds with the usual 2.
      activityTimeout: heartbeatInterval * 2.5,
      livenessTimeout: readNumber(env, 'LIVENESS_PROBE_TIMEOUT_MS', 5000),
    },
    storage: { type, config: location === undefined ? {} : { location } },
    sessions: {
      expirationMs: readNumber(env, 'SESSION_EXPIRATION_DAYS', 7) * 86_400_000,
      maxConcurrentSessions: readNumber(env, 'MAX_CONCURRENT_SESSIONS', 100),
      idleAfterMs: readNumber(env, 'SESSION_TTL', 3600) * 1000,
      sweepIntervalMs: readNumber(env, 'SESSION_CLEANUP_INTERVAL', 300) * 1000,
    },
    agentState: {
      messageHistory: readNumber(env, 'AGENT_STATE_MESSAGE_HISTORY', 10),
      maxSizeBytes: readNumber(env, 'AGENT_STATE_MAX_SIZE_MB', 10) * 1024 * 1024,
    },
  };
}

function readNumber(env: Environment, name: string, fallback: number): number {
  const text = env[name]?.trim() ?? '';
  if (text === '') return fallback;
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0)
    throw new ValidationError(`${name} is a number, not "${text}"`, [name]);
  return value;
}
