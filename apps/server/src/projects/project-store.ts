import { Project } from '@thalogos/contracts';
import { z } from 'zod';
import type { Db } from '../platform/database.ts';

/** A project as it is kept: what everyone sees, where its person's repository is, and what of its file is trusted. */
export const StoredProject = z.object({
  project: Project,
  person: z.object({ gitDir: z.string(), workTree: z.string().nullable() }),
  /** Hashes of project files that a person has accepted. */
  trusted: z.array(z.string()),
});
export type StoredProject = z.infer<typeof StoredProject>;

/** Projects in the database. */
export interface ProjectStore {
  put(stored: StoredProject): void;
  get(id: string): StoredProject | null;
  byPath(path: string): StoredProject | null;
  /** Oldest first. */
  list(): readonly StoredProject[];
}

interface Row {
  readonly record: string;
}

/** Keeps projects in the table of that name. */
export function makeProjectStore(db: Db): ProjectStore {
  const put = db.prepare<[string, string, string]>(
    'INSERT INTO projects (id, path, record) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET path = excluded.path, record = excluded.record',
  );
  const get = db.prepare<[string], Row>('SELECT record FROM projects WHERE id = ?');
  const byPath = db.prepare<[string], Row>('SELECT record FROM projects WHERE path = ?');
  const all = db.prepare<[], Row>('SELECT record FROM projects');
  const read = (row: Row | undefined) =>
    row === undefined ? null : StoredProject.parse(JSON.parse(row.record));
  return {
    put: (stored) => {
      put.run(stored.project.id, stored.project.path, JSON.stringify(stored));
    },
    get: (id) => read(get.get(id)),
    byPath: (path) => read(byPath.get(path)),
    list: () =>
      all
        .all()
        .map((row) => StoredProject.parse(JSON.parse(row.record)))
        .toSorted((a, b) => a.project.registeredAt - b.project.registeredAt),
  };
}
