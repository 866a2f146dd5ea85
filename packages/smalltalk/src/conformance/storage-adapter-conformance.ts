import { describe, expect, it } from 'vitest';
import type { StorageAdapter } from '../persistence/storage-adapter.ts';
import { StorageError, ValidationError } from '../types/errors.ts';
import type { Made } from './made.ts';
import { makeSession, makeTurn, sameMinute } from './session-samples.ts';
import { storageSessionConformance } from './storage-session-conformance.ts';
import { storageListConformance } from './storage-list-conformance.ts';
import { storageValueConformance } from './storage-value-conformance.ts';
import { storageWriterConformance } from './storage-writer-conformance.ts';
import { useSubject } from './use-subject.ts';

/**
 * Declares the vitest tests that every form of `StorageAdapter` must pass.
 *
 * Each test gets a new and empty adapter that is not initialized yet; two with the same location are never used at once.
 */
export function storageAdapterConformance(
  name: string,
  makeAdapter: () => Made<StorageAdapter> | Promise<Made<StorageAdapter>>,
): void {
  describe(`${name} as a storage adapter`, () => {
    lifetime(useSubject(makeAdapter));
    const initialized = useSubject(async () => {
      const made = await makeAdapter();
      await made.subject.initialize();
      return {
        subject: made.subject,
        dispose: async () => {
          await made.subject.close();
          await made.dispose();
        },
      };
    });
    storageSessionConformance(initialized);
    storageListConformance(initialized);
    storageWriterConformance(initialized);
    storageValueConformance(initialized);
    statistics(initialized);
  });
}

function lifetime(adapter: () => StorageAdapter): void {
  describe('its lifetime', () => {
    it('can be initialized and closed as often as anyone likes', async () => {
      await adapter().initialize();
      await adapter().initialize();
      await adapter().close();
      await expect(adapter().close()).resolves.toBeUndefined();
    });

    it('does nothing before it is initialized and after it is closed', async () => {
      await expect(adapter().get('a')).rejects.toBeInstanceOf(StorageError);
      await adapter().initialize();
      await adapter().close();
      await expect(adapter().saveSession(makeSession())).rejects.toBeInstanceOf(StorageError);
      await expect(adapter().listSessions()).rejects.toBeInstanceOf(StorageError);
    });

    it('finishes what was asked for before it closes', async () => {
      await adapter().initialize();
      const written = adapter().set('a', 1);
      await adapter().close();
      await expect(written).resolves.toBeUndefined();
    });

    it('says whether it is well', async () => {
      await adapter().initialize();
      expect(await adapter().healthCheck()).toEqual({ healthy: true });
      await adapter().close();
      const sick = await adapter().healthCheck();
      expect([sick.healthy, typeof sick.message]).toEqual([false, 'string']);
    });

    it('refuses to pretend that it encrypts, and limits that are none', async () => {
      for (const config of [{ encryption: true }, { ttl: 0 }, { maxSize: -1 }])
        await expect(adapter().initialize(config)).rejects.toBeInstanceOf(ValidationError);
    });

    it('lets values live as long as it was told, unless one is told otherwise', async () => {
      await adapter().initialize({ ttl: 0.05 });
      await adapter().set('short', 1);
      await adapter().set('long', 1, 60);
      await expect.poll(() => adapter().has('short'), { timeout: 5000 }).toBe(false);
      expect(await adapter().has('long')).toBe(true);
    });

    it('refuses what is larger than it was told to take, and keeps nothing of it', async () => {
      await adapter().initialize({ maxSize: 2000 });
      const session = makeSession();
      const large = 'x'.repeat(2000);
      await adapter().saveSession(session);
      await expect(adapter().saveSession({ ...session, metadata: { large } })).rejects.toBeInstanceOf(
        ValidationError,
      );
      await expect(
        adapter().appendMessages(session.id, [makeTurn(large)], new Date()),
      ).rejects.toBeInstanceOf(ValidationError);
      await expect(adapter().set('a', large)).rejects.toBeInstanceOf(ValidationError);
      expect([await adapter().getSession(session.id), await adapter().has('a')]).toEqual([session, false]);
    });
  });
}

function statistics(adapter: () => StorageAdapter): void {
  describe('its statistics', () => {
    it('counts sessions by state, and everything', async () => {
      const states = [
        'active',
        'active',
        'idle',
        'paused',
        'closed',
        'expired',
        'invalidated_pending_cleanup',
      ] as const;
      const sessions = states.map((state, index) => makeSession({ state, createdAt: sameMinute(index) }));
      await adapter().saveSessions(sessions);
      await adapter().set('a', 1);
      expect(await adapter().getStats()).toMatchObject({
        totalSessions: 7,
        itemCount: 8,
        backendType: adapter().name,
        oldestItem: sameMinute(0),
        newestItem: sameMinute(6),
        metrics: {
          activeCount: 2,
          idleCount: 1,
          pausedCount: 1,
          expiredCount: 1,
          invalidatedPendingCleanupCount: 1,
          closedCount: 1,
        },
      });
      expect((await adapter().getStats()).sizeBytes).toBeGreaterThan(0);
    });

    it('is empty when there is nothing', async () => {
      const stats = await adapter().getStats();
      expect([stats.totalSessions, stats.itemCount, stats.oldestItem]).toEqual([0, 0, undefined]);
    });
  });
}
