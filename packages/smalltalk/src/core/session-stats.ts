import type { StorageStats } from '../persistence/storage-adapter.ts';

/** What a session manager knows about all stored sessions. */
export type SessionStorageStats = {
  readonly totalSessions: number;
  readonly activeSessions: number;
  /** Idle or paused. */
  readonly idleSessions: number;
  readonly expiredSessions: number;
  readonly closedSessions: number;
  readonly pendingCleanupSessions: number;
  readonly storageSizeBytes: number;
  readonly backendType: string;
  readonly oldestSession?: Date;
  readonly newestSession?: Date;
  /** Milliseconds since the oldest session was created; 0 without sessions. */
  readonly oldestAgeMs: number;
};

/** The view of a session manager on what its storage counted; `now` in milliseconds. */
export function toSessionStats(stats: StorageStats, now: number): SessionStorageStats {
  const { metrics, oldestItem, newestItem } = stats;
  return {
    totalSessions: stats.totalSessions,
    activeSessions: metrics.activeCount,
    idleSessions: metrics.idleCount + metrics.pausedCount,
    expiredSessions: metrics.expiredCount,
    closedSessions: metrics.closedCount,
    pendingCleanupSessions: metrics.invalidatedPendingCleanupCount,
    storageSizeBytes: stats.sizeBytes,
    backendType: stats.backendType,
    ...(oldestItem === undefined ? {} : { oldestSession: oldestItem }),
    ...(newestItem === undefined ? {} : { newestSession: newestItem }),
    oldestAgeMs: oldestItem === undefined ? 0 : Math.max(0, now - oldestItem.getTime()),
  };
}
