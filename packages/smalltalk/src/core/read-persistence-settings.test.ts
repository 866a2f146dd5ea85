import { expect, it } from 'vitest';
import { toHealthSettings } from '../health/health-settings.ts';
import { ValidationError } from '../types/errors.ts';
import { readPersistenceSettings } from './read-persistence-settings.ts';
import { toSessionSettings } from './session-settings.ts';

it('has a default for everything, and they are the ones that a session manager has itself', () => {
  const settings = readPersistenceSettings({});
  expect(settings).toEqual({
    storage: { type: 'file', config: { location: './data' } },
    sessions: {
      expirationMs: 604_800_000,
      maxConcurrentSessions: 100,
      idleAfterMs: 3_600_000,
      sweepIntervalMs: 300_000,
    },
    agentState: { messageHistory: 10, maxSizeBytes: 10_485_760 },
    events: { retention: { hours: 24 }, processedLimit: 10_000 },
    health: { heartbeatInterval: 2000, activityTimeout: 5000, livenessTimeout: 5000 },
  });
  expect(toHealthSettings(settings.health)).toEqual(toHealthSettings({}));
  expect(toSessionSettings(settings.sessions)).toEqual(toSessionSettings({}));
});

it('reads what the environment says', () => {
  const env = {
    STORAGE_TYPE: 'redis',
    REDIS_URL: 'redis://r:1',
    STORAGE_PATH: '/x',
    SESSION_EXPIRATION_DAYS: '2',
    MAX_CONCURRENT_SESSIONS: ' ',
    EVENT_RETENTION_HOURS: '48',
    EVENT_REGISTRY_MAX_SIZE: '500',
    HEARTBEAT_INTERVAL_MS: '1000',
    LIVENESS_PROBE_TIMEOUT_MS: '3000',
  };
  const { storage, sessions, events, health } = readPersistenceSettings(env);
  expect(events).toEqual({ retention: { hours: 48 }, processedLimit: 500 });
  expect(health).toEqual({ heartbeatInterval: 1000, activityTimeout: 2500, livenessTimeout: 3000 });
  expect(storage).toEqual({ type: 'redis', config: { location: 'redis://r:1' } });
  expect([sessions.expirationMs, sessions.maxConcurrentSessions]).toEqual([172_800_000, 100]);
});

it('names what is no number', () => {
  for (const SESSION_TTL of ['an hour', '-1', 'Infinity'])
    expect(() => readPersistenceSettings({ SESSION_TTL })).toThrow(ValidationError);
});
