import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { StorageAdapter } from '../persistence/storage-adapter.ts';
import { ConflictError, NotFoundError, SessionGoneError } from '../types/errors.ts';
import { makeMessage, makeSession, makeTurn, sameMinute } from './session-samples.ts';

/** The part of the storage suite about several writers of one session. */
export function storageWriterConformance(adapter: () => StorageAdapter): void {
  describe('writers of one session', () => {
    it('saves over the expected version only, and says which one there is', async () => {
      const session = makeSession();
      await expect(adapter().saveSession(session, { expectedVersion: 1 })).rejects.toMatchObject({
        conflictingVersions: [1, 0],
      });
      await adapter().saveSession(session, { expectedVersion: 0 });
      await expect(adapter().saveSession(session, { expectedVersion: 0 })).rejects.toBeInstanceOf(
        ConflictError,
      );
      await adapter().saveSession({ ...session, version: 2 }, { expectedVersion: 1 });
      await expect(
        adapter().saveSession({ ...session, version: 2, metadata: {} }, { expectedVersion: 1 }),
      ).rejects.toMatchObject({
        conflictingVersions: [1, 2],
      });
      expect(await adapter().getSession(session.id)).toEqual({ ...session, version: 2 });
    });

    it('lets one of many win who save over the same version', async () => {
      const session = makeSession();
      await adapter().saveSession(session);
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, (_, index) =>
          adapter().saveSession({ ...session, version: 2, metadata: { index } }, { expectedVersion: 1 }),
        ),
      );
      const won = outcomes.flatMap((outcome, index) => (outcome.status === 'fulfilled' ? [index] : []));
      expect(won).toHaveLength(1);
      expect((await adapter().getSession(session.id))?.metadata).toEqual({ index: won[0] });
    });

    it('keeps every one of fifty messages that are appended at once', async () => {
      const session = makeSession({ conversationHistory: [makeTurn('first')] });
      await adapter().saveSession(session);
      const messages = Array.from({ length: 50 }, (_, index) => makeMessage(String(index)));
      const appended = await Promise.all(
        messages.map((message) => adapter().appendMessages(session.id, [message], sameMinute(9))),
      );
      const sequences = appended.map(({ sequence }) => sequence);
      expect(sequences.toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: 50 }, (_, index) => index + 2),
      );
      expect(new Set(appended.map(({ version }) => version)).size).toBe(50);
      const stored = await adapter().getSession(session.id);
      expect(sequences.map((sequence) => stored?.conversationHistory[sequence - 1])).toEqual(messages);
      expect([stored?.version, stored?.updatedAt]).toEqual([51, sameMinute(9)]);
    });

    it('appends several in order, and never turns the clock back', async () => {
      const session = makeSession({ updatedAt: sameMinute(100) });
      await adapter().saveSession(session);
      const entries = [makeMessage('a'), makeTurn('b'), makeMessage('c')];
      expect(await adapter().appendMessages(session.id, entries, sameMinute(1))).toEqual({
        sequence: 3,
        version: 2,
      });
      expect(await adapter().getSession(session.id)).toEqual({
        ...session,
        conversationHistory: entries,
        version: 2,
      });
    });

    it('tells a writer whose copy lacks a message that was appended', async () => {
      const session = makeSession();
      await adapter().saveSession(session);
      await adapter().appendMessages(session.id, [makeMessage('a')], new Date());
      await expect(
        adapter().saveSession({ ...session, version: 2 }, { expectedVersion: 1 }),
      ).rejects.toBeInstanceOf(ConflictError);
      expect((await adapter().getSession(session.id))?.conversationHistory).toHaveLength(1);
    });

    it('wakes an idle session, and leaves a paused one paused', async () => {
      const [idle, paused] = [makeSession({ state: 'idle' }), makeSession({ state: 'paused' })];
      await adapter().saveSessions([idle, paused]);
      for (const { id } of [idle, paused]) await adapter().appendMessages(id, [makeMessage('a')], new Date());
      expect((await adapter().getSession(idle.id))?.state).toBe('active');
      expect((await adapter().getSession(paused.id))?.state).toBe('paused');
    });

    it('takes no message for a session that is gone, and says why', async () => {
      const reasons = {
        closed: 'closed',
        expired: 'expired',
        invalidated_pending_cleanup: 'invalidated',
      } as const;
      for (const [state, reason] of Object.entries(reasons)) {
        const session = makeSession({ state: state as keyof typeof reasons });
        await adapter().saveSession(session);
        const appending = adapter().appendMessages(session.id, [makeMessage('a')], new Date());
        await expect(appending).rejects.toMatchObject({ name: 'SessionGoneError', reason, httpStatus: 410 });
        await expect(appending).rejects.toBeInstanceOf(SessionGoneError);
        expect(await adapter().getSession(session.id)).toEqual(session);
      }
      await expect(
        adapter().appendMessages(randomUUID(), [makeMessage('a')], new Date()),
      ).rejects.toBeInstanceOf(NotFoundError);
    });
  });
}
