import type { Goal } from '@thalogos/contracts';
import type { Db } from '../platform/database.ts';
import { parseStored } from '../platform/stored-json.ts';

/** Keeps goals as people typed them. */
export interface GoalStore {
  put(goal: Goal): void;
  find(id: string): Goal | null;
  ofSession(session: string): readonly Goal[];
}

interface Row {
  readonly record: string;
}

/** A goal store on the server's database. */
export function makeGoalStore(db: Db): GoalStore {
  const put = db.prepare(
    `INSERT INTO goals (id, session, created_at, record) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET record = excluded.record`,
  );
  const find = db.prepare<[string], Row>('SELECT record FROM goals WHERE id = ?');
  const ofSession = db.prepare<[string], Row>(
    'SELECT record FROM goals WHERE session = ? ORDER BY created_at, id',
  );
  return {
    put: (goal) => put.run(goal.id, goal.session, goal.createdAt, JSON.stringify(goal)),
    find: (id) => find.all(id).map(parseRow)[0] ?? null,
    ofSession: (session) => ofSession.all(session).map(parseRow),
  };
}

function parseRow(row: Row): Goal {
  return parseStored(row.record);
}
