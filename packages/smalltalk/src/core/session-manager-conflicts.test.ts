import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeTurn } from '../conformance/session-samples.ts';
import { FileStorageAdapter } from '../persistence/file-storage-adapter.ts';
import { FakeClock } from '../test-clock.ts';
import { makeScratchFolder } from '../test-scratch.ts';
import { makeSessionManager } from '../test-session-manager.ts';
import { settle } from '../test-settle.ts';
import type { HistoryEntry } from '../types/session.ts';

let scratch: ReturnType<typeof makeScratchFolder>;
const opened: FileStorageAdapter[] = [];
beforeEach(() => {
  scratch = makeScratchFolder();
});
afterEach(async () => {
  for (const adapter of opened.splice(0)) await adapter.close();
  scratch.remove();
});

describe('two processes with one storage', () => {
  it('bring their changes together when they touched different things', async () => {
    const { one, two, clock, mine, theirs } = await shareSession();
    mine.sharedContext['mine'] = 1;
    mine.conversationHistory.push(makeTurn('by hand'));
    theirs.metadata['theirs'] = 2;
    delete theirs.sharedContext['old'];
    await two.manager.saveSession(theirs);
    await two.manager.addMessage(theirs.id, { role: 'user', content: 'from the other' });
    const saving = one.manager.saveSession(mine);
    await settle();
    clock.advance(100);
    await saving;
    expect(mine).toMatchObject({ sharedContext: { mine: 1 }, metadata: { theirs: 2 }, version: 5 });
    expect(Object.keys(mine.sharedContext)).toEqual(['topic', 'mine']);
    expect(mine.conversationHistory).toMatchObject([
      { content: 'from the other' },
      { userMessage: 'by hand' },
    ]);
    expect(await one.storage.getSession(mine.id)).toEqual(mine);
    expect([one.log, one.counts.get('session_conflicts_total')]).toEqual([[], undefined]);
  });

  it('let the last one win after three retries when they changed the same thing, and say so', async () => {
    const { one, two, clock, mine, theirs } = await shareSession();
    mine.sharedContext['topic'] = 'mine';
    mine.metadata['kept'] = 'mine';
    theirs.sharedContext['topic'] = 'theirs';
    theirs.metadata['added'] = 'theirs';
    await two.manager.saveSession(theirs);
    let isSaved = false;
    const saving = one.manager.saveSession(mine).then(() => {
      isSaved = true;
    });
    for (let retry = 1; retry <= 3; retry += 1) {
      await settle();
      expect(isSaved).toBe(false);
      clock.advance(100);
    }
    await saving;
    const stored = await one.storage.getSession(mine.id);
    expect(stored).toMatchObject({
      sharedContext: { topic: 'mine' },
      metadata: { kept: 'mine', added: 'theirs' },
      version: 4,
    });
    expect(one.log).toMatchObject([
      { level: 'WARN', metadata: { mine: 2, theirs: 3, overlaps: ['sharedContext.topic'] } },
    ]);
    expect(one.counts.get('session_conflicts_total')).toBe(1);
  });

  it('keep all messages that both add at once', async () => {
    const { one, two, mine, theirs } = await shareSession();
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        (index % 2 === 0 ? one : two).manager.addMessage(mine.id, { role: 'user', content: String(index) }),
      ),
    );
    const stored = await one.storage.getSession(mine.id);
    expect(new Set(stored?.conversationHistory.map(contentOf)).size).toBe(50);
    await one.manager.restoreSession(mine.id);
    await two.manager.restoreSession(mine.id);
    expect([mine, theirs]).toEqual([stored, stored]);
  });

  it('see that the other has invalidated a session, or deleted it', async () => {
    const { one, two, mine, theirs } = await shareSession();
    await one.manager.invalidateSession(mine.id);
    await expect(two.manager.addMessage(theirs.id, { role: 'user', content: 'x' })).rejects.toMatchObject({
      httpStatus: 410,
    });
    const other = await one.manager.createSession();
    await one.manager.saveSession(other);
    await two.manager.restoreSession(other.id);
    await one.manager.deleteSession(other.id);
    await expect(two.manager.addMessage(other.id, { role: 'user', content: 'x' })).rejects.toThrow(
      'does not exist',
    );
    const third = await one.manager.createSession();
    await one.manager.saveSession(third);
    await two.manager.restoreSession(third.id);
    await one.manager.deleteSession(third.id);
    expect(await two.manager.restoreSession(third.id)).toBeNull();
  });
});

describe('a process that was killed', () => {
  it('has lost nothing that it acknowledged', async () => {
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('../test-converse-until-killed.ts', import.meta.url)), scratch.folder],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    // Passed on, not inherited: the test runner waits for the end of everything that holds its output.
    child.stderr.on('data', (said: Buffer) => process.stderr.write(said));
    const acknowledged = new Map<string, number>();
    for await (const line of createInterface({ input: child.stdout })) {
      const [id = '', place] = line.split(' ');
      acknowledged.set(id, Number(place));
      if (Number(place) === 30) child.kill('SIGKILL');
    }
    if (child.signalCode === null) await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    const { manager } = await open(new FakeClock());
    expect(acknowledged.size).toBe(3);
    for (const [id, places] of acknowledged) {
      const session = await manager.restoreSession(id);
      expect(session?.metadata).toEqual({ userId: 'u-1' });
      const contents = session?.conversationHistory.map(contentOf) ?? [];
      expect(contents.length).toBeGreaterThanOrEqual(places);
      expect(contents).toEqual(contents.map((_, index) => String(index + 1)));
    }
  });
});

async function shareSession() {
  const clock = new FakeClock();
  const [one, two] = [await open(clock), await open(clock)];
  const mine = await one.manager.createSession();
  mine.sharedContext = { topic: 'start', old: true };
  await one.manager.saveSession(mine);
  const theirs = (await two.manager.restoreSession(mine.id))!;
  return { one, two, clock, mine, theirs };
}

async function open(clock: FakeClock) {
  const storage = new FileStorageAdapter(scratch.folder);
  await storage.initialize();
  opened.push(storage);
  return { ...makeSessionManager(storage, { clock }), storage };
}

function contentOf(entry: HistoryEntry): string {
  return 'content' in entry ? entry.content : entry.userMessage;
}
