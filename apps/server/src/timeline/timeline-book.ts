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
  /** Everything below a place (all of it with null), newest first, read only as far as it is taken. */
  below(
    project: string,
    place: number | null,
  ): Iterable<{ readonly place: number; readonly row: TimelineRow }>;
  /** Where a checkpoint was promoted to, newest first. */
  promotions(project: string, tag: string): readonly TimelineRow[];
  /** Saved tasks whose work is not on `main` any more. */
  undone(project: string): ReadonlySet<TaskId>;
  undoneBy(project: string, tag: string): readonly TimelineRow[];
  /** Puts these rows, oldest first, in place of everything that the book holds of a project. */
  replace(project: string, rows: readonly TimelineRow[]): void;
}

/** How many lines are read at a time. */
const PAGE = 200;

/** Keeps the timeline in the server's database; `append` and `replace` join the transaction they are called in. */
export function makeTimelineBook(db: Db): TimelineBook {
  const { append, clear, find, landed, newest, last, promotions, below } = prepare(db);
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
    below: (project, place) => inPages(below, project, place),
    promotions: (project, tag) =>
      promotions
        .all(project)
        .map(parse)
        .filter((row) => row.entry.tag === tag),
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

/** In small pages: a statement that is left open would keep the database from being written. */
function* inPages(
  below: ReturnType<typeof prepare>['below'],
  project: string,
  place: number | null,
): Iterable<{ readonly place: number; readonly row: TimelineRow }> {
  let from = place ?? Number.MAX_SAFE_INTEGER;
  for (;;) {
    const page = below.all(project, from, PAGE);
    for (const row of page) yield { place: row.position, row: parse(row) };
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    from = last.position;
  }
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
    below: db.prepare<[string, number, number], Row & { readonly position: number }>(
      'SELECT position, record FROM timeline WHERE project = ? AND position < ? ORDER BY position DESC LIMIT ?',
    ),
    promotions: db.prepare<[string], Row>(
      "SELECT record FROM timeline WHERE project = ? AND record ->> '$.entry.kind' = 'promotion' ORDER BY position DESC",
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
