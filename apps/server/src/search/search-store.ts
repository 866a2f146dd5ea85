import { rmSync } from 'node:fs';
import type { SearchKind } from '@thalogos/contracts';
import { type Db, openDatabase } from '../platform/database.ts';
import type { SearchDocument } from './documents.ts';
import { spaced } from './words.ts';

/** Signs and symbols count as words, so that they can be found; `words.ts` parts what has no blanks. */
const TOKENS = `tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co So'"`;

/** The schema of `search.db`, which holds nothing of its own: it is made anew from the log where it is missing or torn. */
const SEARCH_MIGRATIONS: readonly string[] = [
  `CREATE TABLE place (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, event TEXT NOT NULL);
   CREATE TABLE things (
     id INTEGER PRIMARY KEY, kind TEXT NOT NULL, ref TEXT NOT NULL, project TEXT NOT NULL, title TEXT NOT NULL,
     body TEXT NOT NULL, at INTEGER NOT NULL, address TEXT NOT NULL, UNIQUE (kind, ref)
   );
   CREATE VIRTUAL TABLE things_words USING fts5(title, body, content='', contentless_delete=1, ${TOKENS});
   CREATE TABLE said (
     id INTEGER PRIMARY KEY, project TEXT NOT NULL, task TEXT NOT NULL, seq INTEGER NOT NULL, UNIQUE (task, seq)
   );
   CREATE VIRTUAL TABLE said_words USING fts5(words, content='', contentless_delete=1, ${TOKENS});`,
];

/** How far the log has been read: the number of the last event, and that event itself. */
export interface Place {
  readonly seq: number;
  readonly event: string;
}

/** A block of a transcript that was found. */
export interface SaidHit {
  readonly task: string;
  readonly seq: number;
}

/** What is asked of the index. */
export interface Question {
  readonly project: string;
  readonly match: string;
  readonly limit: number;
}

/** The index that searches read. */
export interface SearchStore {
  place(): Place | null;
  /** Writes things and how far the log has been read, in one transaction. */
  take(documents: readonly SearchDocument[], place: Place): void;
  /** Writes what blocks say; a known one is replaced. */
  takeBlocks(
    where: { readonly project: string; readonly task: string },
    blocks: readonly { readonly seq: number; readonly words: string }[],
  ): void;
  /** The newest block of a task that the index holds; 0 where there is none. */
  lastBlock(task: string): number;
  /** Best first; a word in a title counts most. */
  things(question: Question & { readonly kinds: readonly SearchKind[] }): readonly SearchDocument[];
  /** Newest first. */
  said(question: Question & { readonly without: readonly string[] }): readonly SaidHit[];
  titleOf(task: string): string | null;
  /** Forgets everything. */
  clear(): void;
  close(): void;
}

/** Opens the index; one that is torn or of another program's making is thrown away, since the log holds all of it. */
export function openSearchStore(file: string): SearchStore {
  const open = () => openDatabase({ file, durability: 'NORMAL', migrations: SEARCH_MIGRATIONS });
  try {
    return makeSearchStore(open());
  } catch {
    for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
    return makeSearchStore(open());
  }
}

function makeSearchStore(db: Db): SearchStore {
  const getPlace = db.prepare<[], Place>('SELECT seq, event FROM place');
  const putPlace = db.prepare('INSERT OR REPLACE INTO place (id, seq, event) VALUES (1, ?, ?)');
  const writeThing = makeWriteThing(db);
  const title = db.prepare<[string], { title: string }>(
    `SELECT title FROM things WHERE kind = 'task' AND ref = ?`,
  );
  return {
    ...makeBlocks(db),
    ...makeQuestions(db),
    place: () => getPlace.get() ?? null,
    take: db.transaction((documents: readonly SearchDocument[], { seq, event }: Place) => {
      for (const document of documents) writeThing(document);
      putPlace.run(seq, event);
    }),
    titleOf: (task) => title.get(task)?.title ?? null,
    clear: db.transaction(() => {
      for (const table of ['place', 'things', 'said']) db.exec(`DELETE FROM ${table}`);
      for (const table of ['things_words', 'said_words'])
        db.exec(`INSERT INTO ${table}(${table}) VALUES ('delete-all')`);
    }),
    close: () => db.close(),
  };
}

function makeWriteThing(db: Db) {
  const put = db.prepare<[string, string, string, string, string, number, string], { id: number }>(
    `INSERT INTO things (kind, ref, project, title, body, at, address) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (kind, ref) DO UPDATE SET
       project = excluded.project, title = excluded.title, body = excluded.body, at = excluded.at, address = excluded.address
     RETURNING id`,
  );
  const putWords = db.prepare('INSERT OR REPLACE INTO things_words (rowid, title, body) VALUES (?, ?, ?)');
  return ({ kind, id, project, title, body, at, address }: SearchDocument) => {
    const row = put.get(kind, id, project, title, body, at, address);
    putWords.run(row?.id, spaced(title), spaced(body));
  };
}

function makeBlocks(db: Db): Pick<SearchStore, 'takeBlocks' | 'lastBlock'> {
  const put = db.prepare<[string, string, number], { id: number }>(
    `INSERT INTO said (project, task, seq) VALUES (?, ?, ?)
     ON CONFLICT (task, seq) DO UPDATE SET project = excluded.project RETURNING id`,
  );
  const putWords = db.prepare('INSERT OR REPLACE INTO said_words (rowid, words) VALUES (?, ?)');
  const last = db.prepare<[string], { last: number | null }>(
    'SELECT max(seq) AS last FROM said WHERE task = ?',
  );
  return {
    takeBlocks: db.transaction<SearchStore['takeBlocks']>(({ project, task }, blocks) => {
      for (const { seq, words } of blocks) putWords.run(put.get(project, task, seq)?.id, spaced(words));
    }),
    lastBlock: (task) => last.get(task)?.last ?? 0,
  };
}

function makeQuestions(db: Db): Pick<SearchStore, 'things' | 'said'> {
  const things = db.prepare<[string, string, string, number], SearchDocument>(
    `SELECT t.kind, t.ref AS id, t.project, t.title, t.body, t.at, t.address
     FROM things_words JOIN things t ON t.id = things_words.rowid
     WHERE things_words MATCH ? AND t.project = ? AND t.kind IN (SELECT value FROM json_each(?))
     ORDER BY bm25(things_words, 8.0, 1.0), t.at DESC LIMIT ?`,
  );
  const said = db.prepare<[string, string, string, number], SaidHit>(
    `SELECT s.task, s.seq FROM said_words JOIN said s ON s.id = said_words.rowid
     WHERE said_words MATCH ? AND s.project = ? AND s.task NOT IN (SELECT value FROM json_each(?))
     ORDER BY said_words.rowid DESC LIMIT ?`,
  );
  return {
    things: ({ project, match, kinds, limit }) => things.all(match, project, JSON.stringify(kinds), limit),
    said: ({ project, match, limit, without }) => said.all(match, project, JSON.stringify(without), limit),
  };
}
