import type { SessionState } from '../types/session.ts';
import type { StorageStats } from './storage-adapter.ts';

type Counted = {
  readonly backendType: string;
  readonly states: ReadonlyMap<SessionState, number>;
  readonly values: number;
  readonly sizeBytes: number;
  readonly oldest: number | null;
  readonly newest: number | null;
};

/** What a storage says about itself, out of what it counted; times are milliseconds since 1970, null without sessions. */
export function toStorageStats({
  backendType,
  states,
  values,
  sizeBytes,
  oldest,
  newest,
}: Counted): StorageStats {
  const count = (state: SessionState) => states.get(state) ?? 0;
  const totalSessions = [...states.values()].reduce((total, one) => total + one, 0);
  return {
    backendType,
    totalSessions,
    itemCount: totalSessions + values,
    sizeBytes,
    ...(oldest === null ? {} : { oldestItem: new Date(oldest) }),
    ...(newest === null ? {} : { newestItem: new Date(newest) }),
    metrics: {
      activeCount: count('active'),
      idleCount: count('idle'),
      pausedCount: count('paused'),
      expiredCount: count('expired'),
      invalidatedPendingCleanupCount: count('invalidated_pending_cleanup'),
      closedCount: count('closed'),
    },
  };
}
