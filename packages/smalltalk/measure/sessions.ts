import { FileStorageAdapter, type Session, SessionManager, SessionSerializer } from '../src/index.ts';
import { describeTimes, type Figure, makeMessage, openTalk, percentile, QUIET, timeAll } from './figures.ts';

/** A session of a hundred messages and so many bytes, stored in a folder. */
async function storeSession(
  folder: string,
  bytes: number,
): Promise<{ storage: FileStorageAdapter; session: Session }> {
  const storage = new FileStorageAdapter(folder);
  await storage.initialize();
  const manager = new SessionManager(storage, { log: QUIET });
  const session = await manager.createSession({ agentIds: ['Host'] });
  await Promise.all(
    Array.from({ length: 100 }, (_, place) =>
      manager.addMessage(session.id, makeMessage(place, bytes / 100 - 150)),
    ),
  );
  await manager.close();
  return { storage, session };
}

/** SC-007: a session of 500 KB from the disk, by a manager that knows nothing yet. */
export async function measureRestore(folder: string): Promise<readonly Figure[]> {
  const { storage, session } = await storeSession(folder, 500_000);
  const times = await timeAll(300, () =>
    new SessionManager(storage, { log: QUIET }).restoreSession(session.id),
  );
  await storage.close();
  return [
    {
      id: 'SC-007',
      promise: 'restore below 100 ms p95',
      workload: `100 messages, ${String(Math.round(SessionSerializer.getSize(session) / 1000))} KB, 300 times`,
      measured: describeTimes(times),
      isKept: percentile(times, 0.95) < 100,
    },
  ];
}

/** SC-009: an agent's state of 10 KB to JSON. */
export async function measureSerialise(folder: string): Promise<readonly Figure[]> {
  const { storage, session } = await storeSession(folder, 10_000);
  await storage.close();
  const times = await timeAll(2000, () => SessionSerializer.toJSON(session));
  return [
    {
      id: 'SC-009',
      promise: 'serialise below 50 ms p95',
      workload: `${String(Math.round(SessionSerializer.getSize(session) / 1000))} KB, 2,000 times`,
      measured: describeTimes(times),
      isKept: percentile(times, 0.95) < 50,
    },
  ];
}

/** SC-020: one more session where a hundred are active, on the disk. */
export async function measureCreation(folder: string): Promise<readonly Figure[]> {
  const talk = await openTalk({ history: { location: folder }, sessions: { maxConcurrentSessions: 1000 } });
  for (let place = 0; place < 100; place += 1) await talk.createSession();
  const times = await timeAll(200, () => talk.createSession());
  await talk.stop();
  return [
    {
      id: 'SC-020',
      promise: 'a session begun below 50 ms at 100',
      workload: 'sessions 101 to 320, each on the disk before it counts',
      measured: describeTimes(times),
      isKept: percentile(times, 0.95) < 50,
    },
  ];
}

/** SC-006, FR-040: a hundred sessions, stopped and started again, until one of them answers. */
export async function measureRestart(folder: string): Promise<readonly Figure[]> {
  const options = { history: { location: folder }, sessions: { maxConcurrentSessions: 1000 } };
  const first = await openTalk(options);
  const ids: string[] = [];
  for (let place = 0; place < 100; place += 1) ids.push((await first.chat('Hello')).sessionId);
  const startedAt = performance.now();
  await first.stop();
  const second = await openTalk(options);
  const [sessionId = ''] = ids;
  const upAt = performance.now();
  await second.chat('Hello again', { sessionId });
  const [restart, resume] = [performance.now() - startedAt, performance.now() - upAt];
  const whole = (await Promise.all(ids.map((id) => second.restoreSession(id)))).filter(Boolean).length;
  await second.stop();
  return [
    {
      id: 'FR-040',
      promise: 'a planned restart within 5 min',
      workload: '100 sessions, until the first answer',
      measured: `${restart.toFixed(0)} ms; ${String(whole)} of 100 sessions are there`,
      isKept: restart < 300_000 && whole === 100,
    },
    {
      id: 'SC-015',
      promise: 'a session resumed within 2 s',
      workload: 'after that restart, from the message to its answer',
      measured: `${resume.toFixed(1)} ms`,
      isKept: resume < 2000,
    },
  ];
}
