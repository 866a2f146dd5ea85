import { beforeEach, describe, expect, it } from 'vitest';
import { makeSession } from '../conformance/session-samples.ts';
import { FailingStorage, makeMemoryStorage, makeSessionManager } from '../test-session-manager.ts';
import { settle } from '../test-settle.ts';
import { SessionGoneError, StorageError } from '../types/errors.ts';
import type { Session } from '../types/session.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let storage: FailingStorage;
beforeEach(async () => {
  storage = new FailingStorage();
  await storage.initialize();
});

describe('a save that fails', () => {
  it('is tried again after 1, 5 and 30 seconds, and then an operator is told', async () => {
    const { manager, pass, alerts, log, clock } = makeSessionManager(storage);
    const session = await failToSave(manager);
    const attempts: number[] = [storage.attempts];
    for (const seconds of [1, 5, 30]) {
      await pass(seconds * SECOND - 1);
      attempts.push(storage.attempts);
      expect(alerts).toEqual([]);
      await pass(1);
      attempts.push(storage.attempts);
    }
    expect(attempts).toEqual([1, 1, 2, 2, 3, 3, 4]);
    const timestamp = new Date(clock.now()).toISOString();
    const expected = { sessionId: session.id, error: 'Could not save', retryCount: 3, timestamp };
    expect(alerts).toEqual([{ kind: 'session-save-failed', severity: 'error', ...expected }]);
    const errors = log.filter(({ message }) => message === 'A session could not be saved');
    expect(errors.map(({ level }) => level)).toEqual(['ERROR', 'ERROR', 'ERROR', 'ERROR']);
    expect(errors[0]).toMatchObject({
      component: 'SessionManager',
      metadata: {
        sessionId: session.id,
        error: { cause: { code: 'SQLITE_FULL' }, stack: expect.stringContaining('at ') as string },
      },
    });
  });

  it('leaves version and session as they were, and keeps them in memory', async () => {
    const { manager } = makeSessionManager(storage);
    const session = await failToSave(manager);
    expect([session.version, session.metadata['n']]).toEqual([2, 1]);
    expect(await manager.restoreSession(session.id)).toBe(session);
  });

  it('is tried every minute from then on, critical once after five of them, until it succeeds', async () => {
    const { manager, pass, alerts, counts, labels } = makeSessionManager(storage);
    const session = await failToSave(manager);
    for (const seconds of [1, 5, 30, 60, 60, 60, 60]) await pass(seconds * SECOND);
    expect(alerts.map(({ severity }) => severity)).toEqual(['error']);
    await pass(MINUTE);
    await pass(MINUTE);
    expect(alerts.map(({ kind, severity }) => [kind, severity])).toEqual([
      ['session-save-failed', 'error'],
      ['session-save-failing', 'critical'],
    ]);
    expect([storage.attempts, counts.get('session_save_failures_total')]).toEqual([10, 10]);
    expect(labels[0]).toEqual({ session_id: session.id, reason: 'SQLITE_FULL' });
    storage.isFailing = false;
    await pass(MINUTE);
    expect((await storage.getSession(session.id))?.metadata['n']).toBe(1);
    await pass(10 * MINUTE);
    expect(storage.attempts).toBe(10);
  });

  it('begins from the bottom again after it has once succeeded', async () => {
    const { manager, pass, alerts } = makeSessionManager(storage);
    const session = await failToSave(manager);
    await pass(SECOND);
    storage.isFailing = false;
    await pass(5 * SECOND);
    storage.isFailing = true;
    session.metadata['n'] = 2;
    await expect(manager.saveSession(session)).rejects.toBeInstanceOf(StorageError);
    for (const seconds of [1, 5]) await pass(seconds * SECOND);
    expect(alerts).toEqual([]);
    await pass(30 * SECOND);
    expect(alerts).toHaveLength(1);
  });

  it('is given up when its session has expired', async () => {
    const { manager, pass } = makeSessionManager(storage, { expirationMs: HOUR });
    await failToSave(manager);
    await pass(2 * HOUR);
    const { attempts } = storage;
    await pass(HOUR);
    expect(storage.attempts).toBe(attempts);
  });

  it('rejects a message without keeping it, so that the caller may say it again', async () => {
    const { manager } = makeSessionManager(storage);
    const session = await manager.createSession();
    await manager.saveSession(session);
    storage.isFailing = true;
    await expect(manager.addMessage(session.id, { role: 'user', content: 'x' })).rejects.toBeInstanceOf(
      StorageError,
    );
    storage.isFailing = false;
    expect(await manager.addMessage(session.id, { role: 'user', content: 'x' })).toBe(1);
    expect(session.conversationHistory).toHaveLength(1);
  });
});

describe('the autosave', () => {
  it('stores every thirty seconds what has changed, and nothing else', async () => {
    const { manager, pass } = makeSessionManager(storage);
    manager.startBackgroundTasks();
    manager.startBackgroundTasks();
    const session = await manager.createSession();
    await pass(29 * SECOND);
    expect(await storage.hasSession(session.id)).toBe(false);
    await pass(SECOND);
    expect((await storage.getSession(session.id))?.version).toBe(2);
    await pass(30 * SECOND);
    expect(session.version).toBe(2);
    session.sharedContext['deep'] = { changed: true };
    await pass(30 * SECOND);
    expect(await storage.getSession(session.id)).toEqual(session);
    await manager.stopBackgroundTasks();
    session.metadata['late'] = true;
    await pass(HOUR);
    expect((await storage.getSession(session.id))?.metadata).toEqual({});
  });

  it('goes on with the others when one cannot be saved, and hands that one to the retries', async () => {
    const { manager, pass, alerts } = makeSessionManager(storage, { autosaveIntervalMs: 60 * SECOND });
    manager.startBackgroundTasks();
    storage.isFailing = true;
    const sessions = [await manager.createSession(), await manager.createSession()];
    await pass(60 * SECOND);
    storage.isFailing = false;
    await pass(SECOND);
    expect(await storage.getSessions(sessions.map(({ id }) => id))).toHaveProperty('size', 2);
    expect(alerts).toEqual([]);
    await manager.stopBackgroundTasks();
  });

  it('runs at least every second and at most every minute', () => {
    for (const autosaveIntervalMs of [999, 60_001])
      expect(() => makeSessionManager(storage, { autosaveIntervalMs })).toThrow('autosaveIntervalMs');
  });
});

describe('a session whose time is over', () => {
  it('takes no more messages, is marked by the next sweep and deleted by the one after it', async () => {
    const { manager, pass } = makeSessionManager(storage, { expirationMs: HOUR });
    manager.startBackgroundTasks();
    const session = await manager.createSession();
    await manager.saveSession(session);
    await pass(HOUR - 1);
    expect(await manager.addMessage(session.id, { role: 'user', content: 'x' })).toBe(1);
    await manager.stopBackgroundTasks();
    await pass(1);
    await expect(manager.addMessage(session.id, { role: 'user', content: 'y' })).rejects.toMatchObject({
      httpStatus: 410,
      message: 'Session expired',
    });
    expect((await manager.restoreSession(session.id))?.state).toBe('expired');
    expect((await storage.getSession(session.id))?.state).toBe('active');
    manager.startBackgroundTasks();
    await settle();
    expect((await storage.getSession(session.id))?.state).toBe('expired');
    await pass(5 * MINUTE);
    expect(await manager.restoreSession(session.id)).toBeNull();
    await manager.stopBackgroundTasks();
  });

  it('is found by the sweep although nobody in this process ever knew it', async () => {
    const { manager, clock } = makeSessionManager(storage);
    const past = new Date(clock.now() - 9 * DAY);
    await storage.saveSession(
      makeSession({ createdAt: past, updatedAt: past, expiresAt: new Date(clock.now() - DAY) }),
    );
    manager.startBackgroundTasks();
    await settle();
    expect(await manager.getStats()).toMatchObject({ activeSessions: 0, expiredSessions: 1 });
    await manager.stopBackgroundTasks();
  });
});

describe('a session that nobody uses', () => {
  it('becomes idle after an hour, makes room for another, and wakes with its next message', async () => {
    const { manager, pass } = makeSessionManager(storage, { maxConcurrentSessions: 1 });
    manager.startBackgroundTasks();
    const session = await manager.createSession();
    await manager.addMessage(session.id, { role: 'user', content: 'x' });
    for (let minutes = 0; minutes < 65; minutes += 5) await pass(5 * MINUTE);
    expect((await storage.getSession(session.id))?.state).toBe('idle');
    await expect(manager.createSession()).resolves.toBeDefined();
    await manager.addMessage(session.id, { role: 'user', content: 'back' });
    expect((await manager.restoreSession(session.id))?.state).toBe('active');
    await manager.stopBackgroundTasks();
  });
});

describe('a session that somebody still holds after it was put to rest', () => {
  it('is saved together with what came since', async () => {
    const { manager, pass, log } = makeSessionManager(storage);
    manager.startBackgroundTasks();
    const held = await makeStored(manager);
    for (let minutes = 0; minutes < 65; minutes += 5) await pass(5 * MINUTE);
    await manager.addMessage(held.id, { role: 'user', content: 'came since' });
    const shared = (await manager.restoreSession(held.id))!;
    shared.metadata['shared'] = 1;
    await manager.saveSession(shared);
    held.metadata['held'] = 2;
    const saving = manager.saveSession(held);
    await settle();
    await pass(100);
    await saving;
    expect([shared === held, shared.metadata, held.metadata]).toEqual([
      false,
      { shared: 1, held: 2 },
      { shared: 1, held: 2 },
    ]);
    expect([held.conversationHistory.length, log]).toEqual([1, []]);
    await manager.stopBackgroundTasks();
  });
});

describe('an invalidated session', () => {
  it('is gone at once, for messages, for saves and for who restores it, and stays so after a restart', async () => {
    const { manager } = makeSessionManager(storage);
    const session = await manager.createSession();
    await manager.addMessage(session.id, { role: 'user', content: 'x' });
    await manager.invalidateSession(session.id);
    const again = makeSessionManager(storage).manager;
    for (const one of [manager, again]) {
      await expect(one.addMessage(session.id, { role: 'user', content: 'y' })).rejects.toMatchObject({
        httpStatus: 410,
        message: 'Session invalidated',
      });
      await expect(one.updateSessionState(session.id, 'paused')).rejects.toBeInstanceOf(SessionGoneError);
      await expect(one.saveSession(session)).rejects.toBeInstanceOf(SessionGoneError);
      expect(await one.restoreSession(session.id)).toBeNull();
    }
    expect(await storage.hasSession(session.id)).toBe(false);
  });

  it('is deleted after ten seconds when that failed at first', async () => {
    const { manager, pass } = makeSessionManager(storage);
    const session = await makeStored(manager);
    storage.isFailing = true;
    await manager.invalidateSession(session.id);
    storage.isFailing = false;
    expect(await storage.hasSession(session.id)).toBe(true);
    await pass(10 * SECOND);
    expect(await storage.hasSession(session.id)).toBe(false);
  });

  it('is tried again with growing pauses, and is critical after ten failures', async () => {
    const { manager, pass, alerts } = makeSessionManager(storage);
    const session = await makeStored(manager);
    storage.isFailing = true;
    await manager.invalidateSession(session.id);
    manager.startBackgroundTasks();
    const triedAt: number[] = [];
    let { attempts } = storage;
    await pass(10 * SECOND);
    for (let minutes = 0; minutes <= 500; minutes += 5) {
      if (storage.attempts > attempts) triedAt.push(minutes);
      ({ attempts } = storage);
      await pass(5 * MINUTE);
    }
    expect(triedAt.slice(0, 7)).toEqual([0, 5, 15, 35, 75, 135, 195]);
    expect(alerts.filter(({ kind }) => kind === 'session-cleanup-failing')).toMatchObject([
      { severity: 'critical', sessionId: session.id, retryCount: 10 },
    ]);
    storage.isFailing = false;
    for (let minutes = 0; minutes <= 65; minutes += 5) await pass(5 * MINUTE);
    expect(await storage.hasSession(session.id)).toBe(false);
    await manager.stopBackgroundTasks();
  });

  it('that a crash left behind is deleted by the first sweep of the next process', async () => {
    const first = makeSessionManager(storage);
    const session = await makeStored(first.manager);
    storage.isFailing = true;
    await first.manager.invalidateSession(session.id);
    storage.isFailing = false;
    const second = makeSessionManager(storage);
    second.manager.startBackgroundTasks();
    await settle();
    expect(await storage.hasSession(session.id)).toBe(false);
    await second.manager.stopBackgroundTasks();
  });
});

describe('a planned stop', () => {
  it('stores every session first, and begins none afterwards', async () => {
    const { manager } = makeSessionManager(await makeMemoryStorage());
    const sessions = await Promise.all(Array.from({ length: 50 }, () => manager.createSession()));
    expect(await manager.close()).toEqual({ saved: 50, failed: [] });
    expect(await manager.listSessions()).toHaveLength(sessions.length);
    await expect(manager.createSession()).rejects.toBeInstanceOf(StorageError);
  });

  it('names those that could not be stored, after a second try', async () => {
    const { manager } = makeSessionManager(storage);
    const session = await manager.createSession();
    storage.isFailing = true;
    expect(await manager.close()).toEqual({ saved: 0, failed: [session.id] });
    expect(storage.attempts).toBe(2);
  });

  it('does not wait longer than five seconds for a storage that never answers', async () => {
    const { manager, pass } = makeSessionManager(storage);
    const session = await manager.createSession();
    storage.saveSession = () => new Promise(() => undefined);
    const closing = manager.close();
    await settle();
    await pass(5 * SECOND);
    expect(await closing).toEqual({ saved: 0, failed: [session.id] });
  });
});

async function makeStored(manager: ReturnType<typeof makeSessionManager>['manager']): Promise<Session> {
  const session = await manager.createSession();
  await manager.saveSession(session);
  return session;
}

async function failToSave(manager: ReturnType<typeof makeSessionManager>['manager']): Promise<Session> {
  const session = await makeStored(manager);
  session.metadata['n'] = 1;
  storage.isFailing = true;
  await expect(manager.saveSession(session)).rejects.toThrow('Could not save');
  return session;
}
