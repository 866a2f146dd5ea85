import type { Db } from '../platform/database.ts';
import { parseStored } from '../platform/stored-json.ts';
import type { ConflictRecord, ResolutionRecord, SolutionRecord } from './conflict.ts';

/** Keeps conflicts, resolutions and the solutions of hunks; synchronous, so each is one transaction with its event. */
export interface ConflictStore {
  put(conflict: ConflictRecord): void;
  find(id: string): ConflictRecord | null;
  /** Newest first. */
  ofProject(project: string, limit: number): readonly ConflictRecord[];
  putResolution(resolution: ResolutionRecord): void;
  findResolution(project: string, key: string): ResolutionRecord | null;
  resolutions(project: string): readonly ResolutionRecord[];
  /** Takes a resolution back, and with it what it taught. */
  removeResolution(project: string, key: string): void;
  putSolution(solution: SolutionRecord): void;
  /** The newest solution of a hunk. */
  findSolution(project: string, hunk: string): SolutionRecord | null;
}

interface Row {
  readonly record: string;
}

/** A conflict store on the server's database. */
export function makeConflictStore(db: Db): ConflictStore {
  const conflicts = conflictRows(db);
  const resolutions = resolutionRows(db);
  const putSolution = db.prepare(
    'INSERT OR REPLACE INTO hunk_solutions (project, hunk, key, at, record) VALUES (?, ?, ?, ?, ?)',
  );
  const findSolution = db.prepare<[string, string], Row>(
    'SELECT record FROM hunk_solutions WHERE project = ? AND hunk = ? ORDER BY at DESC LIMIT 1',
  );
  const forget = db.prepare('DELETE FROM hunk_solutions WHERE project = ? AND key = ?');
  return {
    ...conflicts,
    ...resolutions,
    removeResolution: (project, key) => {
      resolutions.removeResolution(project, key);
      forget.run(project, key);
    },
    putSolution: (solution) => {
      const { project, hunk, key, at } = solution;
      putSolution.run(project, hunk, key, at, JSON.stringify(solution));
    },
    findSolution: (project, hunk) => parse<SolutionRecord>(findSolution.get(project, hunk)),
  };
}

function conflictRows(db: Db): Pick<ConflictStore, 'put' | 'find' | 'ofProject'> {
  const put = db.prepare(
    `INSERT INTO conflicts (id, project, key, at, record) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET key = excluded.key, at = excluded.at, record = excluded.record`,
  );
  const find = db.prepare<[string], Row>('SELECT record FROM conflicts WHERE id = ?');
  const ofProject = db.prepare<[string, number], Row>(
    'SELECT record FROM conflicts WHERE project = ? ORDER BY at DESC, id LIMIT ?',
  );
  return {
    put: (conflict) => {
      put.run(conflict.conflict.id, conflict.project, conflict.key, conflict.at, JSON.stringify(conflict));
    },
    find: (id) => parse<ConflictRecord>(find.get(id)),
    ofProject: (project, limit) =>
      ofProject.all(project, limit).map(({ record }) => parseStored<ConflictRecord>(record)),
  };
}

function resolutionRows(
  db: Db,
): Pick<ConflictStore, 'putResolution' | 'findResolution' | 'resolutions' | 'removeResolution'> {
  const put = db.prepare('INSERT OR REPLACE INTO resolutions (project, key, at, record) VALUES (?, ?, ?, ?)');
  const find = db.prepare<[string, string], Row>(
    'SELECT record FROM resolutions WHERE project = ? AND key = ?',
  );
  const all = db.prepare<[string], Row>('SELECT record FROM resolutions WHERE project = ? ORDER BY key');
  const remove = db.prepare('DELETE FROM resolutions WHERE project = ? AND key = ?');
  return {
    putResolution: (resolution) => {
      put.run(resolution.project, resolution.key, resolution.at, JSON.stringify(resolution));
    },
    findResolution: (project, key) => parse<ResolutionRecord>(find.get(project, key)),
    resolutions: (project) => all.all(project).map(({ record }) => parseStored<ResolutionRecord>(record)),
    removeResolution: (project, key) => void remove.run(project, key),
  };
}

function parse<T>(row: Row | undefined): T | null {
  return row === undefined ? null : parseStored<T>(row.record);
}
