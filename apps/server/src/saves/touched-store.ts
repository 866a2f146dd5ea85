import type { Oid } from '@thalogos/contracts';
import type { Db } from '../platform/database.ts';
import { parseStored } from '../platform/stored-json.ts';

/** A person's branch, and the checkout it is in, that is being brought forward this moment; noted before anything of it is written. */
export interface TouchedCheckout {
  /** Null for a branch that is checked out nowhere. */
  readonly workTree: string | null;
  /** The checkout's own git directory, where its index is. */
  readonly gitDir: string;
  readonly branch: string;
  readonly from: Oid;
  readonly to: Oid;
  /** Milliseconds since 1970; no lock was there then. */
  readonly at: number;
}

/** The checkouts that are being touched, at most one for each project. */
export interface TouchedStore {
  put(project: string, touched: TouchedCheckout): void;
  get(project: string): TouchedCheckout | null;
  remove(project: string): void;
}

/** Keeps them in the server's database, so that a crash is known to have cut one short. */
export function makeTouchedStore(db: Db): TouchedStore {
  const put = db.prepare<[string, string]>(
    'INSERT OR REPLACE INTO touched_checkouts (project, record) VALUES (?, ?)',
  );
  const get = db.prepare<[string], { record: string }>(
    'SELECT record FROM touched_checkouts WHERE project = ?',
  );
  const remove = db.prepare<[string]>('DELETE FROM touched_checkouts WHERE project = ?');
  return {
    put: (project, touched) => {
      put.run(project, JSON.stringify(touched));
    },
    get: (project) => {
      const row = get.get(project);
      return row === undefined ? null : parseStored<TouchedCheckout>(row.record);
    },
    remove: (project) => {
      remove.run(project);
    },
  };
}
