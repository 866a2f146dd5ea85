import type { Database, Statement } from 'better-sqlite3';
import { packText, unpackText } from './pack-text.ts';

/** So many entries one history may have; with it a place is a number that JavaScript can count. */
const ROOM = 2 ** 24;

/**
 * The histories of sessions in a SQLite database; whoever writes opens the transaction.
 *
 * Entries lie in the order of their places, those of one session side by side and without an index beside them: one more
 * entry is one more row on one page.
 */
export class EntryTable {
  readonly #compression: boolean;
  readonly #number: Statement<[string], number>;
  readonly #begin: Statement<[string], number>;
  readonly #end: Statement<[string]>;
  readonly #all: Statement<[number, number], string | Buffer>;
  readonly #last: Statement<[number, number], number>;
  readonly #weight: Statement<[number, number], number | null>;
  readonly #put: Statement<[number, string | Buffer]>;
  readonly #cut: Statement<[number, number]>;

  constructor(database: Database, { compression }: { compression: boolean }) {
    this.#compression = compression;
    this.#number = database
      .prepare<[string], number>('SELECT number FROM smalltalk_histories WHERE session_id = ?')
      .pluck();
    this.#begin = database
      .prepare<[string], number>('INSERT INTO smalltalk_histories (session_id) VALUES (?) RETURNING number')
      .pluck();
    this.#end = database.prepare('DELETE FROM smalltalk_histories WHERE session_id = ?');
    this.#all = database
      .prepare<[number, number], string | Buffer>(
        'SELECT body FROM smalltalk_entries WHERE place BETWEEN ? AND ? ORDER BY place',
      )
      .pluck();
    this.#last = database
      .prepare<[number, number], number>(
        'SELECT place FROM smalltalk_entries WHERE place BETWEEN ? AND ? ORDER BY place DESC LIMIT 1',
      )
      .pluck();
    this.#weight = database
      .prepare<[number, number], number | null>(
        'SELECT SUM(OCTET_LENGTH(body)) FROM smalltalk_entries WHERE place BETWEEN ? AND ?',
      )
      .pluck();
    this.#put = database.prepare(
      `INSERT INTO smalltalk_entries (place, body) VALUES (?, ?)
       ON CONFLICT (place) DO UPDATE SET body = excluded.body WHERE body IS NOT excluded.body`,
    );
    this.#cut = database.prepare('DELETE FROM smalltalk_entries WHERE place BETWEEN ? AND ?');
  }

  /** The texts of a session's history, oldest first. */
  all(sessionId: string): string[] {
    const number = this.#number.get(sessionId);
    return number === undefined
      ? []
      : this.#all.all(number * ROOM, (number + 1) * ROOM - 1).map((body) => unpackText(body));
  }

  /** How many entries a session's history has. */
  count(sessionId: string): number {
    const number = this.#number.get(sessionId);
    return number === undefined ? 0 : this.#count(number);
  }

  /** Bytes of a session's history. */
  weigh(sessionId: string): number {
    const number = this.#number.get(sessionId);
    if (number === undefined) return 0;
    return this.#weight.get(number * ROOM, (number + 1) * ROOM - 1) ?? 0;
  }

  /** Writes entries over and behind those from place `from` on (0 is the first). */
  put(sessionId: string, from: number, texts: readonly string[]): void {
    if (texts.length > 0) this.#putAll(this.#find(sessionId), from, texts);
  }

  /** Writes entries behind all others; gives how many there are then. */
  append(sessionId: string, texts: readonly string[]): number {
    const number = this.#find(sessionId);
    const before = this.#count(number);
    this.#putAll(number, before, texts);
    return before + texts.length;
  }

  /** Leaves only so many of the oldest entries. */
  cut(sessionId: string, length: number): void {
    const number = this.#number.get(sessionId);
    if (number !== undefined) this.#cut.run(number * ROOM + length + 1, (number + 1) * ROOM - 1);
  }

  delete(sessionId: string): void {
    this.cut(sessionId, 0);
    this.#end.run(sessionId);
  }

  #count(number: number): number {
    const last = this.#last.get(number * ROOM, (number + 1) * ROOM - 1);
    return last === undefined ? 0 : last - number * ROOM;
  }

  #find(sessionId: string): number {
    const number = this.#number.get(sessionId) ?? this.#begin.get(sessionId);
    if (number === undefined) throw new Error(`No history could be begun for session ${sessionId}`);
    return number;
  }

  #putAll(number: number, from: number, texts: readonly string[]): void {
    for (const [index, text] of texts.entries())
      this.#put.run(number * ROOM + from + index + 1, packText(text, this.#compression));
  }
}
