import { beforeEach, describe, expect, it } from 'vitest';
import type { SessionListOptions, StorageAdapter } from '../persistence/storage-adapter.ts';
import { ValidationError } from '../types/errors.ts';
import type { Session } from '../types/session.ts';
import { makeSession, sameMinute } from './session-samples.ts';

const LISTS: readonly (readonly [string, SessionListOptions, readonly number[]])[] = [
  ['all, the newest change first', {}, [3, 1, 4, 2, 0]],
  ['the first ones', { limit: 2 }, [3, 1]],
  ['the next ones', { limit: 2, offset: 2 }, [4, 2]],
  ['what is left', { offset: 4 }, [0]],
  ['nothing beyond the end', { offset: 5 }, []],
  ['nothing for a limit of none', { limit: 0 }, []],
  ['those in one state', { state: 'paused' }, [1, 4]],
  ['a page of those in one state', { state: 'paused', limit: 1, offset: 1 }, [4]],
  ['those created after', { createdAfter: sameMinute(2) }, [3, 4]],
  ['those created before', { createdBefore: sameMinute(2) }, [1, 0]],
  ['those last changed by then', { updatedUntil: sameMinute(20) }, [2, 0]],
  ['those that expire by then', { expiresUntil: sameMinute(1001) }, [1, 0]],
];

/** The part of the storage suite about lists. */
export function storageListConformance(adapter: () => StorageAdapter): void {
  describe('lists', () => {
    let sessions: Session[] = [];
    beforeEach(async () => {
      const changes = [10, 40, 20, 50, 30];
      sessions = changes.map((updated, index) =>
        makeSession({
          createdAt: sameMinute(index),
          updatedAt: sameMinute(updated),
          expiresAt: sameMinute(1000 + index),
          state: index % 3 === 1 ? 'paused' : 'active',
          agentIds: ['a', 'b', 'c'].slice(0, index % 4),
        }),
      );
      await adapter().saveSessions(sessions);
    });

    it.each(LISTS)('finds %s', async (_, options, expected) => {
      const found = await adapter().listSessions(options);
      expect(found.map(({ id }) => sessions.findIndex((session) => session.id === id))).toEqual(expected);
    });

    it('takes state, limit and offset one by one as well', async () => {
      expect(await adapter().listSessions('paused', 1, 1)).toEqual(
        await adapter().listSessions({ state: 'paused', limit: 1, offset: 1 }),
      );
      expect(await adapter().listSessions(undefined, 2)).toEqual(await adapter().listSessions({ limit: 2 }));
    });

    it('sums each session up', async () => {
      const [first] = await adapter().listSessions({ limit: 1 });
      const { id, state, version, createdAt, updatedAt, expiresAt } = sessions[3]!;
      expect(first).toEqual({ id, state, version, createdAt, updatedAt, expiresAt, agentCount: 3 });
    });

    it('refuses a limit or an offset that is none', async () => {
      await expect(adapter().listSessions({ limit: -1 })).rejects.toBeInstanceOf(ValidationError);
      await expect(adapter().listSessions(undefined, 1, 0.5)).rejects.toBeInstanceOf(ValidationError);
    });
  });
}
