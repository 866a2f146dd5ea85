import type { Db } from '../platform/database.ts';
import { parseStored } from '../platform/stored-json.ts';
import type { SessionRecord } from './session.ts';

/** Keeps sessions and the few switches of a project. */
export interface SessionStore {
  put(session: SessionRecord): void;
  find(id: string): SessionRecord | null;
  /** Newest first. */
  ofProject(project: string): readonly SessionRecord[];
  /** Why nothing new starts in a project, null while things may. */
  paused(project: string): string | null;
  setPaused(project: string, reason: string | null): void;
}

interface Row {
  readonly record: string;
}

/** A session store on the server's database. */
export function makeSessionStore(db: Db): SessionStore {
  const put = db.prepare(
    `INSERT INTO sessions (id, project, state, created_at, record) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, record = excluded.record`,
  );
  const find = db.prepare<[string], Row>('SELECT record FROM sessions WHERE id = ?');
  const ofProject = db.prepare<[string], Row>(
    'SELECT record FROM sessions WHERE project = ? ORDER BY created_at DESC, id DESC',
  );
  const setting = db.prepare<[string], { value: string }>('SELECT value FROM settings WHERE key = ?');
  const set = db.prepare('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)');
  const clear = db.prepare('DELETE FROM settings WHERE key = ?');
  const key = (project: string) => `paused:${project}`;
  return {
    put: (session) =>
      put.run(session.id, session.project, session.state.kind, session.createdAt, JSON.stringify(session)),
    find: (id) => find.all(id).map(parseRow)[0] ?? null,
    ofProject: (project) => ofProject.all(project).map(parseRow),
    paused: (project) => setting.get(key(project))?.value ?? null,
    setPaused: (project, reason) =>
      reason === null ? clear.run(key(project)) : set.run(key(project), reason),
  };
}

function parseRow(row: Row): SessionRecord {
  return parseStored(row.record);
}
