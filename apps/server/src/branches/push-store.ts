import type { BranchPush, Oid } from '@thalogos/contracts';
import type { Db } from '../platform/database.ts';
import { parseStored } from '../platform/stored-json.ts';

/** What is known of one branch at one remote. */
export interface PushRecord extends BranchPush {
  /** Hash of the remote's address: at another one, nothing was pushed yet. */
  readonly address: string;
  /** What was being pushed last, whether or not it is known to have arrived. */
  readonly attempted: Oid | null;
}

/** What was pushed, by project and branch. */
export interface PushStore {
  put(project: string, branch: string, record: PushRecord): void;
  get(project: string, branch: string): PushRecord | null;
}

/** Keeps pushes in the server's database. */
export function makePushStore(db: Db): PushStore {
  const put = db.prepare<[string, string, string]>(
    'INSERT OR REPLACE INTO pushes (project, ref, record) VALUES (?, ?, ?)',
  );
  const get = db.prepare<[string, string], { record: string }>(
    'SELECT record FROM pushes WHERE project = ? AND ref = ?',
  );
  return {
    put: (project, branch, record) => {
      put.run(project, branch, JSON.stringify(record));
    },
    get: (project, branch) => {
      const row = get.get(project, branch);
      return row === undefined ? null : parseStored<PushRecord>(row.record);
    },
  };
}
