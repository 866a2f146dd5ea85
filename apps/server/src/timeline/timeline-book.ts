import type { Oid, TaskId, TimelineEntry } from '@thalogos/contracts';
import type { Db } from '../platform/database.ts';
import { parseStored } from '../platform/stored-json.ts';
import { effectsOf, undoneByRestoring } from './effects.ts';

/** One line of the timeline as it is kept; what depends on later lines is derived when it is read. */
export interface TimelineRow {
  readonly project: string;
  readonly entry: TimelineEntry;
  /** Where `main` stood before it. */
  readonly base: Oid | null;
  /** The tag object that was signed for it. */
  readonly tagObject: Oid | null;
}

/** The book of everything that was saved, restored or failed to land. */
export interface TimelineBook {
  append(row: TimelineRow): void;
  find(project: string, tag: string): TimelineRow | null;
  /** Checkpoints, oldest first. */
  landed(project: string): readonly TimelineRow[];
  /** The last checkpoint, null before the first. */
  last(project: string): TimelineRow | null;
  /** Everything, newest first. */
  newest(project: string, limit: number): readonly TimelineRow[];
  /** Saved tasks whose work is not on `main` any more. */
  undone(project: string): ReadonlySet<TaskId>;
  undoneBy(project: string, tag: string): readonly TimelineRow[];
  /** Puts these rows, oldest first, in place of everything that the book holds of a project. */
  replace(project: string, rows: readonly TimelineRow[]): void;
}

/** Keeps the timeline in the server's database; `append` and `replace` join the transaction they are called in. */
export function makeTimelineBook(db: Db): TimelineBook {
  const { append, clear, find, landed, newest, last } = prepare(db);
  const put = (row: TimelineRow) =>
    append.run(row.project, row.entry.save, checkpointOf(row.entry), JSON.stringify(row));
  const allLanded = (project: string) => landed.all(project).map(parse);

  return {
    append: (row) => {
      put(row);
    },
    replace: (project, rows) => {
      clear.run(project);
      for (const row of rows) put(row);
    },
    find: (project, tag) => {
      const row = find.get(project, tag);
      return row === undefined ? null : parse(row);
    },
    landed: allLanded,
    last: (project) => {
      const row = last.get(project);
      return row === undefined ? null : parse(row);
    },
    newest: (project, limit) => newest.all(project, limit).map(parse),
    undone: (project) => {
      const entries = allLanded(project).map((row) => row.entry);
      const { undoneBy } = effectsOf(entries);
      return new Set(
        entries.flatMap((entry) =>
          entry.tag !== null && undoneBy.has(entry.tag) ? entry.tasks.map((task) => task.id) : [],
        ),
      );
    },
    undoneBy: (project, tag) => {
      const rows = allLanded(project);
      const gone = new Set(
        undoneByRestoring(
          tag,
          rows.map((row) => row.entry),
        ),
      );
      return rows.filter((row) => gone.has(row.entry));
    },
  };
}

/** The checkpoint that an entry is; a promotion names one without being it. */
function checkpointOf({ kind, tag }: TimelineEntry): string | null {
  return kind === 'promotion' ? null : tag;
}

/** The table's statements. */
function prepare(db: Db) {
  return {
    append: db.prepare<[string, string, string | null, string]>(
      'INSERT INTO timeline (project, save, tag, record) VALUES (?, ?, ?, ?)',
    ),
    clear: db.prepare<[string]>('DELETE FROM timeline WHERE project = ?'),
    find: db.prepare<[string, string], Row>('SELECT record FROM timeline WHERE project = ? AND tag = ?'),
    landed: db.prepare<[string], Row>(
      'SELECT record FROM timeline WHERE project = ? AND tag IS NOT NULL ORDER BY position',
    ),
    last: db.prepare<[string], Row>(
      'SELECT record FROM timeline WHERE project = ? AND tag IS NOT NULL ORDER BY position DESC LIMIT 1',
    ),
    newest: db.prepare<[string, number], Row>(
      'SELECT record FROM timeline WHERE project = ? ORDER BY position DESC LIMIT ?',
    ),
  };
}

interface Row {
  readonly record: string;
}

function parse(row: Row): TimelineRow {
  return parseStored<TimelineRow>(row.record);
}
