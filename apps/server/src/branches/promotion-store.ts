import type { Oid, ProjectId } from '@thalogos/contracts';
import type { Db } from '../platform/database.ts';
import { parseStored } from '../platform/stored-json.ts';

/** A promotion as it is journaled before its branch moves. */
export interface PromotionRecord {
  readonly id: string;
  readonly project: ProjectId;
  readonly tag: string;
  readonly tagObject: Oid;
  readonly commit: Oid;
  readonly branch: string;
  /** Null for a branch that it makes. */
  readonly from: Oid | null;
  readonly by: string;
  /** Milliseconds since 1970; no lock was on the branch then. */
  readonly at: number;
}

/** The journal of promotions. */
export interface PromotionStore {
  begin(record: PromotionRecord): void;
  /** It is on the timeline. */
  finish(id: string): void;
  /** Its branch never moved. */
  drop(id: string): void;
  /** Those that a crash cut short. */
  open(): readonly PromotionRecord[];
}

/** Keeps promotions in the server's database. */
export function makePromotionStore(db: Db): PromotionStore {
  const put = db.prepare<[string, string, string]>(
    'INSERT INTO promotions (id, project, open, record) VALUES (?, ?, 1, ?)',
  );
  const close = db.prepare<[string]>('UPDATE promotions SET open = 0 WHERE id = ?');
  const remove = db.prepare<[string]>('DELETE FROM promotions WHERE id = ?');
  const open = db.prepare<[], { record: string }>('SELECT record FROM promotions WHERE open = 1');
  return {
    begin: (record) => {
      put.run(record.id, record.project, JSON.stringify(record));
    },
    finish: (id) => {
      close.run(id);
    },
    drop: (id) => {
      remove.run(id);
    },
    open: () => open.all().map(({ record }) => parseStored<PromotionRecord>(record)),
  };
}
