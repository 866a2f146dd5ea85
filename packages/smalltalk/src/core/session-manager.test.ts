import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSession, makeTurn } from '../conformance/session-samples.ts';
import { FileStorageAdapter } from '../persistence/file-storage-adapter.ts';
import { InMemoryStorageAdapter } from '../persistence/memory-storage-adapter.ts';
import type { StorageAdapter } from '../persistence/storage-adapter.ts';
import { makeScratchFolder } from '../test-scratch.ts';
import { makeSessionManager } from '../test-session-manager.ts';
import { NotFoundError, SessionLimitError, ValidationError } from '../types/errors.ts';
import { isUuid } from '../types/is-uuid.ts';
import { SessionSerializer } from '../types/session-serializer.ts';
import { processorMs } from '../test-processor-time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const forms: Readonly<Record<string, (folder: string) => StorageAdapter>> = {
  memory: () => new InMemoryStorageAdapter(),
  file: (folder) => new FileStorageAdapter(folder),
};

describe.each(Object.entries(forms))('a session manager over the %s storage', (_, makeStorage) => {
  let scratch: ReturnType<typeof makeScratchFolder>;
  let storage: StorageAdapter;
  beforeEach(async () => {
    scratch = makeScratchFolder();
    storage = makeStorage(scratch.folder);
    await storage.initialize();
  });
  afterEach(async () => {
    await storage.close();
    scratch.remove();
  });

  it('creates sessions that cannot be guessed, with what they were given, and does not store them yet', async () => {
    const { manager, clock } = makeSessionManager(storage);
    const metadata = { userId: 'u-1', tags: ['a'] };
    const session = await manager.createSession({ metadata, agentIds: ['a', 'b', 'a'], expirationMs: HOUR });
    metadata.tags.push('later');
    const now = new Date(clock.now());
    expect(session).toEqual({
      id: session.id,
      createdAt: now,
      updatedAt: now,
      expiresAt: new Date(clock.now() + HOUR),
      state: 'active',
      agentIds: ['a', 'b'],
      agentStates: {},
      conversationHistory: [],
      sharedContext: {},
      metadata: { userId: 'u-1', tags: ['a'] },
      version: 1,
    });
    expect([isUuid(session.id), await storage.hasSession(session.id)]).toEqual([true, false]);
  });

  it('lets a session live seven days unless told otherwise, and never less than an hour or more than thirty days', async () => {
    const { manager, clock } = makeSessionManager(storage);
    expect((await manager.createSession()).expiresAt.getTime() - clock.now()).toBe(7 * DAY);
    for (const expirationMs of [HOUR - 1, 30 * DAY + 1, Number.NaN])
      await expect(manager.createSession({ expirationMs })).rejects.toBeInstanceOf(ValidationError);
  });

  it('gives a whole conversation back after a restart: every field is the same', async () => {
    const before = makeSessionManager(storage);
    const session = await before.manager.createSession({ agentIds: ['writer'], metadata: { userId: 'u-1' } });
    session.sharedContext['topic'] = { depth: 2 };
    await before.manager.saveSession(session);
    await before.manager.addMessage(session.id, { role: 'user', content: 'naïve ☃' });
    await before.manager.addMessage(session.id, makeTurn('a turn'));
    await before.manager.updateAgentState(session.id, 'writer', {
      config: { model: 'm' },
      context: { draft: 1 },
      messageHistory: [makeTurn('x')],
    });
    const after = makeSessionManager(storage, { clock: before.clock });
    const restored = await after.manager.restoreSession(session.id);
    expect(restored).toEqual(session);
    expect(SessionSerializer.toJSON(restored!)).toBe(SessionSerializer.toJSON(session));
    expect(after.counts.get('session_restore_latency_ms')).toBe(1);
  });

  it('counts versions: each save and each message is one more', async () => {
    const { manager, pass } = makeSessionManager(storage);
    const session = await manager.createSession();
    await pass(1000);
    await manager.saveSession(session);
    expect([session.version, session.updatedAt.getTime() - session.createdAt.getTime()]).toEqual([2, 1000]);
    await manager.addMessage(session.id, { role: 'user', content: 'x' });
    expect([session.version, (await storage.getSession(session.id))?.version]).toEqual([3, 3]);
  });

  it('keeps all of fifty messages that come at once, in their order', async () => {
    const { manager } = makeSessionManager(storage);
    const { id } = await manager.createSession();
    const contents = Array.from({ length: 50 }, (__, index) => String(index));
    const places = await Promise.all(
      contents.map((content) => manager.addMessage(id, { role: 'user', content })),
    );
    expect(places).toEqual(contents.map((___, index) => index + 1));
    const stored = await storage.getSession(id);
    expect(stored?.conversationHistory).toMatchObject(contents.map((content) => ({ content })));
    expect(await manager.restoreSession(id)).toEqual(stored);
  });

  it('keeps 120 messages and agent states that come fast and mixed', async () => {
    const { manager } = makeSessionManager(storage);
    const session = await manager.createSession();
    await Promise.all(
      Array.from({ length: 120 }, (__, index) =>
        index % 10 === 0
          ? manager.updateAgentState(session.id, `agent-${String(index)}`, {
              config: {},
              context: { index },
              messageHistory: [],
            })
          : manager.addMessage(session.id, { role: 'user', content: String(index) }),
      ),
    );
    const stored = await storage.getSession(session.id);
    expect([stored?.conversationHistory.length, Object.keys(stored?.agentStates ?? {}).length]).toEqual([
      108, 12,
    ]);
    expect(stored).toEqual(session);
  });

  it('stores a hundred sessions that are used at once', async () => {
    const { manager } = makeSessionManager(storage);
    const sessions = await Promise.all(Array.from({ length: 100 }, () => manager.createSession()));
    await Promise.all(
      sessions.flatMap(({ id }) =>
        ['a', 'b'].map((content) => manager.addMessage(id, { role: 'user', content })),
      ),
    );
    expect(await manager.getStats()).toMatchObject({ totalSessions: 100, activeSessions: 100 });
    const stored = await storage.getSessions(sessions.map(({ id }) => id));
    expect([...stored.values()].every(({ conversationHistory }) => conversationHistory.length === 2)).toBe(
      true,
    );
  });

  it('refuses the session beyond the limit with 503 and a time to come back, and counts it', async () => {
    const { manager, counts, log, levels } = makeSessionManager(storage, { maxConcurrentSessions: 2 });
    const [first] = await Promise.all([manager.createSession(), manager.createSession()]);
    const refused = manager.createSession();
    await expect(refused).rejects.toBeInstanceOf(SessionLimitError);
    await expect(refused).rejects.toMatchObject({ httpStatus: 503, retryAfterSeconds: 60 });
    expect([counts.get('session_rejection_count'), log[0]?.level, levels.get('session_count')]).toEqual([
      1,
      'WARN',
      2,
    ]);
    await manager.updateSessionState(first.id, 'closed');
    await expect(manager.createSession()).resolves.toBeDefined();
    manager.setMaxConcurrentSessions(0);
    await expect(manager.createSession()).rejects.toBeInstanceOf(SessionLimitError);
  });

  it('lets exactly a hundred sessions be active unless told otherwise', async () => {
    const { manager } = makeSessionManager(storage);
    for (let count = 1; count <= 100; count += 1) await manager.createSession();
    await expect(manager.createSession()).rejects.toBeInstanceOf(SessionLimitError);
  });

  it('moves a session as the table allows, and no other way', async () => {
    const { manager } = makeSessionManager(storage);
    const session = await manager.createSession();
    for (const state of ['paused', 'active', 'idle', 'active', 'closed'] as const) {
      await manager.updateSessionState(session.id, state);
      expect((await storage.getSession(session.id))?.state).toBe(state);
    }
    await expect(manager.updateSessionState(session.id, 'active')).rejects.toThrow(
      'closed cannot become active',
    );
    await expect(manager.addMessage(session.id, { role: 'user', content: 'x' })).rejects.toMatchObject({
      reason: 'closed',
    });
    expect((await manager.restoreSession(session.id))?.state).toBe('closed');
  });

  it('lists ids, by time and state, a page at a time', async () => {
    const { manager, pass } = makeSessionManager(storage);
    const ids: string[] = [];
    for (let count = 0; count < 4; count += 1) {
      const session = await manager.createSession();
      await manager.saveSession(session);
      ids.push(session.id);
      await pass(1000);
    }
    await manager.updateSessionState(ids[0]!, 'paused');
    expect(await manager.listSessions()).toEqual([ids[0], ids[3], ids[2], ids[1]]);
    expect(await manager.listSessions({ limit: 1, offset: 1 })).toEqual([ids[3]]);
    expect(await manager.listSessions({ state: 'paused' })).toEqual([ids[0]]);
    const created = (await storage.getSession(ids[1]!))?.createdAt;
    expect(await manager.listSessions({ createdAfter: created })).toEqual([ids[3], ids[2]]);
    expect(await manager.listSessions({ createdBefore: created })).toEqual([ids[0]]);
  });

  it('deletes a session, and says whether there was one', async () => {
    const { manager } = makeSessionManager(storage);
    const session = await manager.createSession();
    await manager.saveSession(session);
    expect([await manager.deleteSession(session.id), await manager.deleteSession(session.id)]).toEqual([
      true,
      false,
    ]);
    expect([await manager.restoreSession(session.id), await storage.hasSession(session.id)]).toEqual([
      null,
      false,
    ]);
  });

  it('tells an unknown session from an id that is none', async () => {
    const { manager } = makeSessionManager(storage);
    const [unknown, none] = [randomUUID(), '../../etc/passwd'];
    expect(await manager.restoreSession(unknown)).toBeNull();
    const agentState = { config: {}, context: {}, messageHistory: [] };
    for (const [id, kind] of [
      [unknown, NotFoundError],
      [none, ValidationError],
    ] as const) {
      await expect(manager.addMessage(id, { role: 'user', content: 'x' })).rejects.toBeInstanceOf(kind);
      await expect(manager.updateSessionState(id, 'paused')).rejects.toBeInstanceOf(kind);
      await expect(manager.updateAgentState(id, 'a', agentState)).rejects.toBeInstanceOf(kind);
      await expect(manager.invalidateSession(id)).rejects.toBeInstanceOf(kind);
    }
    await expect(manager.restoreSession(none)).rejects.toBeInstanceOf(ValidationError);
  });

  it('refuses a message that is none and keeps those beside it', async () => {
    const { manager } = makeSessionManager(storage);
    const { id } = await manager.createSession();
    const outcomes = await Promise.allSettled([
      manager.addMessage(id, { role: 'user', content: 'good' }),
      manager.addMessage(id, { role: 'nobody' as 'user', content: 'bad' }),
      manager.addMessage(id, { role: 'user', content: 'also good' }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await storage.getSession(id))?.conversationHistory).toHaveLength(2);
  });

  it('stores a message before entries that were added by hand and saved later', async () => {
    const { manager } = makeSessionManager(storage);
    const session = await manager.createSession();
    await manager.addMessage(session.id, { role: 'user', content: 'one' });
    session.conversationHistory.push(makeTurn('by hand'));
    await manager.addMessage(session.id, { role: 'user', content: 'two' });
    await manager.saveSession(session);
    expect((await storage.getSession(session.id))?.conversationHistory).toEqual(session.conversationHistory);
    expect(session.conversationHistory).toMatchObject([
      { content: 'one' },
      { content: 'two' },
      { userMessage: 'by hand' },
    ]);
  });

  it('takes in a session that was made elsewhere', async () => {
    const { manager } = makeSessionManager(storage);
    const session = makeSession({ conversationHistory: [makeTurn('one')], version: 7 });
    await manager.saveSession(session);
    await manager.addMessage(session.id, { role: 'user', content: 'two' });
    expect(session.version).toBe(9);
    expect(await storage.getSession(session.id)).toEqual(session);
  });

  it('deletes a thousand sessions with less than half a second of work: what has expired, and what nobody touched for so long', async () => {
    const { manager, clock } = makeSessionManager(storage);
    const at = (ms: number) => new Date(clock.now() + ms);
    const old = { createdAt: at(-9 * DAY) };
    await storage.saveSessions([
      ...Array.from({ length: 1000 }, () =>
        makeSession({ ...old, updatedAt: at(-8 * DAY), expiresAt: at(-DAY) }),
      ),
      makeSession({ ...old, updatedAt: at(-2 * DAY), expiresAt: at(DAY) }),
      makeSession({ ...old, updatedAt: at(-DAY / 2), expiresAt: at(DAY) }),
    ]);
    let deleted = 0;
    const clean = async () => (deleted = await manager.cleanupExpiredSessions());
    expect(await processorMs(clean)).toBeLessThan(500);
    expect(deleted).toBe(1000);
    expect(await manager.cleanupExpiredSessions(DAY)).toBe(1);
    expect(await manager.listSessions()).toHaveLength(1);
  });

  it('knows how many sessions there are, in which state, and how old', async () => {
    const { manager, pass, clock } = makeSessionManager(storage);
    const [first, second] = [await manager.createSession(), await manager.createSession()];
    await manager.saveSession(first);
    await manager.updateSessionState(second.id, 'paused');
    await pass(5000);
    expect(await manager.getStats()).toMatchObject({
      totalSessions: 2,
      activeSessions: 1,
      idleSessions: 1,
      expiredSessions: 0,
      backendType: storage.name,
      oldestAgeMs: 5000,
      newestSession: new Date(clock.now() - 5000),
    });
  });
});
