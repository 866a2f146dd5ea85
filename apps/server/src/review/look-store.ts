import type { Oid } from '@thalogos/contracts';
import type { Db } from '../platform/database.ts';

/** The result of a task as one person looked at it last. */
export interface Look {
  readonly task: string;
  readonly person: string;
  readonly tree: Oid;
  readonly result: Oid;
  readonly base: Oid;
  readonly at: number;
}

/** Keeps what each person looked at last, one row for each task. */
export interface LookStore {
  put(look: Look): void;
  find(task: string, person: string): Look | null;
}

/** A store of looks on the server's database. */
export function makeLookStore(db: Db): LookStore {
  const put = db.prepare(
    `INSERT INTO looks (task, person, tree, result, base, at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (task, person) DO UPDATE SET
       tree = excluded.tree, result = excluded.result, base = excluded.base, at = excluded.at`,
  );
  const find = db.prepare<[string, string], Look>(
    'SELECT task, person, tree, result, base, at FROM looks WHERE task = ? AND person = ?',
  );
  return {
    put: ({ task, person, tree, result, base, at }) => put.run(task, person, tree, result, base, at),
    find: (task, person) => find.get(task, person) ?? null,
  };
}
