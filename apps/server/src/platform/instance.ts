import { randomBytes } from 'node:crypto';
import type { Db } from './database.ts';

/** The name of this data directory among all on the machine; the marks of its processes begin with it. */
export function instanceOf(db: Db): string {
  db.prepare('INSERT OR IGNORE INTO marker (id, instance) VALUES (1, ?)').run(randomBytes(8).toString('hex'));
  const row = db.prepare<[], { instance: string }>('SELECT instance FROM marker WHERE id = 1').get();
  if (row === undefined) throw new Error('The database has no marker row');
  return row.instance;
}
