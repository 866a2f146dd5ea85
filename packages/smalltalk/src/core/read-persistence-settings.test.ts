import { expect, it } from 'vitest';
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
  });
  expect(toSessionSettings(settings.sessions)).toEqual(toSessionSettings({}));
});

it('reads what the environment says', () => {
  const env = {
    STORAGE_TYPE: 'redis',
    REDIS_URL: 'redis://r:1',
    STORAGE_PATH: '/x',
    SESSION_EXPIRATION_DAYS: '2',
    MAX_CONCURRENT_SESSIONS: ' ',
  };
  const { storage, sessions } = readPersistenceSettings(env);
  expect(storage).toEqual({ type: 'redis', config: { location: 'redis://r:1' } });
  expect([sessions.expirationMs, sessions.maxConcurrentSessions]).toEqual([172_800_000, 100]);
});

it('names what is no number', () => {
  for (const SESSION_TTL of ['an hour', '-1', 'Infinity'])
    expect(() => readPersistenceSettings({ SESSION_TTL })).toThrow(ValidationError);
});
