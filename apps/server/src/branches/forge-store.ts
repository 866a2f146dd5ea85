import type { ForgeCheck, Oid } from '@thalogos/contracts';
import type { Db } from '../platform/database.ts';
import { parseStored } from '../platform/stored-json.ts';

/** What a forge has said of a commit so far. */
export interface ForgeRecord {
  readonly checks: readonly ForgeCheck[];
  /** Whether it has said its last word, or was asked long enough. */
  readonly isOver: boolean;
  readonly at: number;
}

/** What forges said, by project and commit. */
export interface ForgeStore {
  put(project: string, commit: Oid, record: ForgeRecord): void;
  get(project: string, commit: Oid): ForgeRecord | null;
}

/** Keeps what forges said in the server's database. */
export function makeForgeStore(db: Db): ForgeStore {
  const put = db.prepare<[string, string, string]>(
    'INSERT OR REPLACE INTO forge_checks (project, commit_oid, record) VALUES (?, ?, ?)',
  );
  const get = db.prepare<[string, string], { record: string }>(
    'SELECT record FROM forge_checks WHERE project = ? AND commit_oid = ?',
  );
  return {
    put: (project, commit, record) => {
      put.run(project, commit, JSON.stringify(record));
    },
    get: (project, commit) => {
      const row = get.get(project, commit);
      return row === undefined ? null : parseStored<ForgeRecord>(row.record);
    },
  };
}
