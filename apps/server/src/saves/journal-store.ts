import type { Db } from '../platform/database.ts';
import { parseStored } from '../platform/stored-json.ts';
import type { SaveRecord } from './save.ts';

/** The rows of the journal: one for each Save, the unfinished ones found without a search. */
export interface JournalStore {
  put(record: SaveRecord): void;
  get(save: string): SaveRecord | null;
  /** The project's unfinished Save; there is never more than one. */
  open(project: string): SaveRecord | null;
  /** The unfinished one, else the one that was started last. */
  latest(project: string): SaveRecord | null;
  /** The last Save that put a checkpoint on `main`. */
  lastLanded(project: string): SaveRecord | null;
}

/** Keeps Saves in the server's database. */
export function makeJournalStore(db: Db): JournalStore {
  const put = db.prepare<[string, string, number, number, string]>(
    `INSERT INTO saves (id, project, started_at, position, open, record)
     VALUES (?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM saves), ?, ?)
     ON CONFLICT (id) DO UPDATE SET open = excluded.open, record = excluded.record`,
  );
  const get = db.prepare<[string], Row>('SELECT record FROM saves WHERE id = ?');
  const open = db.prepare<[string], Row>('SELECT record FROM saves WHERE project = ? AND open = 1');
  const latest = db.prepare<[string], Row>(
    'SELECT record FROM saves WHERE project = ? ORDER BY open DESC, position DESC LIMIT 1',
  );
  const lastLanded = db.prepare<[string], Row>(
    `SELECT record FROM saves WHERE project = ? AND open = 0
     AND json_extract(record, '$.state.outcome.kind') = 'saved' ORDER BY position DESC LIMIT 1`,
  );
  return {
    put: (record) => {
      put.run(
        record.id,
        record.project,
        record.startedAt,
        record.state.kind === 'done' ? 0 : 1,
        JSON.stringify(record),
      );
    },
    get: (save) => parse(get.get(save)),
    open: (project) => parse(open.get(project)),
    latest: (project) => parse(latest.get(project)),
    lastLanded: (project) => parse(lastLanded.get(project)),
  };
}

interface Row {
  readonly record: string;
}

function parse(row: Row | undefined): SaveRecord | null {
  return row === undefined ? null : parseStored<SaveRecord>(row.record);
}
