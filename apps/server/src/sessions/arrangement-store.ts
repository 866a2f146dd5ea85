import type { Db } from '../platform/database.ts';

/** An arrangement as it stands in the database: text that a server of any version may have written. */
export interface StoredArrangement {
  readonly body: string;
  readonly revision: number;
}

/** Keeps how the panels of sessions are arranged. */
export interface ArrangementStore {
  find(session: string): StoredArrangement | null;
  put(session: string, arrangement: StoredArrangement): void;
}

/** An arrangement store on the server's database. */
export function makeArrangementStore(db: Db): ArrangementStore {
  const find = db.prepare<[string], StoredArrangement>(
    'SELECT body, revision FROM arrangements WHERE session = ?',
  );
  const put = db.prepare(
    `INSERT INTO arrangements (session, body, revision) VALUES (?, ?, ?)
     ON CONFLICT (session) DO UPDATE SET body = excluded.body, revision = excluded.revision`,
  );
  return {
    find: (session) => find.get(session) ?? null,
    put: (session, { body, revision }) => void put.run(session, body, revision),
  };
}
