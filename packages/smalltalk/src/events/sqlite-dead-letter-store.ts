import type { Database, Statement } from 'better-sqlite3';
import { asPromise } from '../types/as-promise.ts';
import { StorageError } from '../types/errors.ts';
import {
  type DeadLetter,
  type DeadLetterKey,
  type DeadLetterQuery,
  type DeadLetterStore,
  DEFAULT_DEAD_LETTER_LIMIT,
} from './dead-letter-store.ts';
import { parseDeadLetter, toDeadLetterText } from './parse-dead-letter.ts';

/** The SQL that makes the table of `SqliteDeadLetterStore`, for a host's own migrations; running it again changes nothing. */
export const DEAD_LETTER_SCHEMA = `
CREATE TABLE IF NOT EXISTS event_dead_letters (
  subscriber TEXT NOT NULL,
  topic TEXT NOT NULL,
  event_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  letter TEXT NOT NULL,
  PRIMARY KEY (subscriber, topic, event_id)
) WITHOUT ROWID, STRICT;
`;

/** Dead letters in a SQLite database, usually the one that holds the log. */
export class SqliteDeadLetterStore implements DeadLetterStore {
  readonly #put: Statement<[string, string, string, number, string]>;
  readonly #list: Statement<[string | null, string | null, number], { letter: string }>;
  readonly #remove: Statement<[string, string, string]>;

  /** Makes the table where it is missing; the database stays the host's to close. */
  constructor({ database }: { database: Database }) {
    database.exec(DEAD_LETTER_SCHEMA);
    this.#put = database.prepare('INSERT OR REPLACE INTO event_dead_letters VALUES (?, ?, ?, ?, ?)');
    this.#list = database.prepare(
      'SELECT letter FROM event_dead_letters WHERE ? IS NULL OR subscriber = ? ORDER BY seq LIMIT ?',
    );
    this.#remove = database.prepare(
      'DELETE FROM event_dead_letters WHERE subscriber = ? AND topic = ? AND event_id = ?',
    );
  }

  put(letter: DeadLetter): Promise<void> {
    const { subscriberId, topic, event } = letter;
    return attempt(`keep a dead letter of ${subscriberId}`, () => {
      this.#put.run(subscriberId, topic, event.id, event.seq, toDeadLetterText(letter));
    });
  }

  list({
    subscriberId = '',
    limit = DEFAULT_DEAD_LETTER_LIMIT,
  }: DeadLetterQuery = {}): Promise<readonly DeadLetter[]> {
    const wanted = subscriberId === '' ? null : subscriberId;
    return attempt('list dead letters', () =>
      this.#list.all(wanted, wanted, limit).map(({ letter }) => parseDeadLetter(letter)),
    );
  }

  remove({ subscriberId, topic, event }: DeadLetterKey): Promise<boolean> {
    return attempt(
      `remove a dead letter of ${subscriberId}`,
      () => this.#remove.run(subscriberId, topic, event.id).changes > 0,
    );
  }
}

function attempt<T>(what: string, work: () => T): Promise<T> {
  return asPromise(() => {
    try {
      return work();
    } catch (cause) {
      throw new StorageError(`Could not ${what}`, cause);
    }
  });
}
