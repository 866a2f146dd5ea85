import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { StorageAdapter } from '../persistence/storage-adapter.ts';
import { ValidationError } from '../types/errors.ts';
import { makeMessage, makeSession, makeTurn, sameMinute } from './session-samples.ts';

const HOSTILE = ['', '../../etc/passwd', '*', "'; DROP TABLE smalltalk_sessions; --", 'a\0b', '%'];

/** The part of the storage suite about single sessions: that what was saved comes back, and nothing else. */
export function storageSessionConformance(adapter: () => StorageAdapter): void {
  describe('sessions', () => {
    it('gives back what was saved: dates, both kinds of history entry, and fields that it does not know', async () => {
      const session = {
        ...makeSession({
          conversationHistory: [makeTurn('one'), makeMessage('two ☃'), makeTurn('three', 3)],
        }),
        later: { invented: [null, { 'a.b': 1 }] },
      };
      await adapter().saveSession(session);
      expect(await adapter().getSession(session.id)).toEqual(session);
    });

    it('tells the version of a session without reading it, if it can', async () => {
      const session = makeSession({ conversationHistory: [makeTurn('one')] });
      const versions = async () => [
        await adapter().getVersion?.(session.id),
        await adapter().getVersion?.(randomUUID()),
      ];
      if (adapter().getVersion === undefined) return;
      expect(await versions()).toEqual([0, 0]);
      await adapter().saveSession(session);
      const { version } = await adapter().appendMessages(session.id, [makeMessage('two')], session.updatedAt);
      expect(await versions()).toEqual([version, 0]);
    });

    it('writes a session as text and reads it again', () => {
      const session = makeSession({ conversationHistory: [makeTurn('one')] });
      expect(adapter().deserializeSession(adapter().serializeSession(session))).toEqual(session);
      for (const text of ['{', '[]', '{"id":"x"}'])
        expect(() => adapter().deserializeSession(text)).toThrow(ValidationError);
    });

    it('keeps a copy: neither what was handed in nor what was handed out is its own', async () => {
      const session = makeSession({ conversationHistory: [makeTurn('one')] });
      const saving = adapter().saveSession(session);
      session.metadata['changed'] = true;
      await saving;
      const first = await adapter().getSession(session.id);
      first?.conversationHistory.push(makeTurn('two'));
      const second = await adapter().getSession(session.id);
      expect([second?.metadata['changed'], second?.conversationHistory.length]).toEqual([undefined, 1]);
    });

    it('replaces a session that is saved again', async () => {
      const session = makeSession({ conversationHistory: [makeTurn('one'), makeTurn('two', 2)] });
      await adapter().saveSession(session);
      const next = {
        ...session,
        state: 'paused' as const,
        version: 2,
        sharedContext: {},
        updatedAt: sameMinute(5),
      };
      await adapter().saveSession(next);
      expect(await adapter().getSession(session.id)).toEqual(next);
    });

    it('stores a history that was shortened or edited as it is', async () => {
      const [one, two, three] = [makeTurn('one'), makeTurn('two', 2), makeTurn('three', 3)];
      const session = makeSession({ conversationHistory: [one, two, three] });
      await adapter().saveSession(session);
      const shorter = { ...session, conversationHistory: [two, { ...three, userMessage: 'edited' }] };
      await adapter().saveSession(shorter);
      expect(await adapter().getSession(session.id)).toEqual(shorter);
    });

    it('takes what is new of a history whose beginning is known to be stored', async () => {
      const session = makeSession({ conversationHistory: [makeTurn('one'), makeTurn('two', 2)] });
      await adapter().saveSession(session);
      const longer = {
        ...session,
        version: 2,
        conversationHistory: [...session.conversationHistory, makeTurn('three', 3)],
      };
      await adapter().saveSession(longer, { expectedVersion: 1, storedEntries: 2 });
      expect(await adapter().getSession(session.id)).toEqual(longer);
    });

    it('keeps large sessions whole', async () => {
      const text = Array.from({ length: 20_000 }, (_, index) => `word-${String(index % 97)}`).join(' ');
      const session = makeSession({
        sharedContext: { text },
        conversationHistory: [makeTurn(text), makeTurn('small', 2)],
      });
      await adapter().saveSession(session);
      expect(await adapter().getSession(session.id)).toEqual(session);
    });

    it('saves many or none', async () => {
      const good = [makeSession(), makeSession()];
      expect(await adapter().saveSessions(good)).toBe(2);
      const another = makeSession();
      await expect(adapter().saveSessions([another, makeSession({ id: 'x' })])).rejects.toBeInstanceOf(
        ValidationError,
      );
      expect(await adapter().hasSession(another.id)).toBe(false);
      const found = await adapter().getSessions([good[1]!.id, randomUUID(), good[0]!.id]);
      expect(found).toEqual(new Map(good.map((session) => [session.id, session])));
    });

    it('deletes sessions with their history, and says how many there were', async () => {
      const [a, b, c] = [
        makeSession({ conversationHistory: [makeTurn('one')] }),
        makeSession(),
        makeSession(),
      ];
      await adapter().saveSessions([a, b, c]);
      expect([await adapter().deleteSession(a.id), await adapter().deleteSession(a.id)]).toEqual([
        true,
        false,
      ]);
      expect(await adapter().deleteSessions([b.id, randomUUID(), c.id])).toBe(2);
      expect([await adapter().getSession(a.id), await adapter().hasSession(b.id)]).toEqual([null, false]);
      await adapter().saveSession({ ...a, conversationHistory: [] });
      expect((await adapter().getSession(a.id))?.conversationHistory).toEqual([]);
    });

    it('knows nothing of an id that it never stored', async () => {
      for (const id of [randomUUID(), ...HOSTILE])
        expect([
          await adapter().getSession(id),
          await adapter().hasSession(id),
          await adapter().deleteSession(id),
        ]).toEqual([null, false, false]);
    });

    it('refuses what is no session, by the names of its fields', async () => {
      for (const id of HOSTILE)
        await expect(adapter().saveSession(makeSession({ id }))).rejects.toMatchObject({
          invalidFields: ['id'],
        });
      const wrong = makeSession({ version: 0, expiresAt: sameMinute(-1), updatedAt: new Date(Number.NaN) });
      await expect(adapter().saveSession(wrong)).rejects.toMatchObject({
        invalidFields: ['updatedAt', 'expiresAt', 'version'],
      });
      const circular: Record<string, unknown> = {};
      circular['self'] = circular;
      await expect(adapter().saveSession(makeSession({ sharedContext: circular }))).rejects.toBeInstanceOf(
        ValidationError,
      );
      expect(await adapter().listSessions()).toEqual([]);
    });
  });
}
