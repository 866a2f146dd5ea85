import type { Db } from '../platform/database.ts';

/** Since when too many agents fail, and why it is thought so. */
export interface KeptMode {
  readonly since: number;
  readonly reason: string;
}

/** Keeps degraded mode while it is on; which task is tried is known only as long as the server lives. */
export interface ModeStore {
  load(): KeptMode | null;
  put(mode: KeptMode): void;
  drop(): void;
}

/** A store of the mode on the server's database. */
export function makeModeStore(db: Db): ModeStore {
  const load = db.prepare<[], KeptMode>('SELECT since, reason FROM degraded_mode');
  const put = db.prepare('INSERT OR REPLACE INTO degraded_mode (id, since, reason) VALUES (1, ?, ?)');
  const drop = db.prepare('DELETE FROM degraded_mode');
  return {
    load: () => load.get() ?? null,
    put: ({ since, reason }) => void put.run(since, reason),
    drop: () => void drop.run(),
  };
}
