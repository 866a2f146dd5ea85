import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { asPromise } from '../types/as-promise.ts';
import { ValidationError } from '../types/errors.ts';
import { toJson } from '../types/json.ts';
import { parseValue } from '../types/parse-value.ts';
import type { HistoryEntry, Session, SessionState } from '../types/session.ts';
import { SessionSerializer } from '../types/session-serializer.ts';
import { GroupCommit } from './group-commit.ts';
import { toListOptions } from './list-options.ts';
import { openDatabase } from './open-database.ts';
import { toEntryTexts, toSessionDraft } from './session-row.ts';
import { SessionTable } from './session-table.ts';
import type {
  Appended,
  SaveOptions,
  SessionListOptions,
  SessionSummary,
  StorageAdapter,
  StorageConfig,
  StorageStats,
} from './storage-adapter.ts';
import { assertConfig, notOpenError, toStorageError, toValueText } from './storage-rules.ts';
import { prepareTables } from './storage-schema.ts';
import { toStorageStats } from './storage-stats.ts';
import { ValueTable } from './value-table.ts';

type Opened = {
  readonly config: StorageConfig;
  readonly database: Database;
  readonly commits: GroupCommit;
  readonly sessions: SessionTable;
  readonly values: ValueTable;
};

/** The file in its folder that holds everything. */
const FILE = 'smalltalk.db';

/**
 * Sessions and values in one SQLite file of a folder, which any number of processes on the machine may share.
 *
 * Nothing that was acknowledged is lost, not even to a power cut unless `options.synchronous` is `normal`.
 */
export class FileStorageAdapter implements StorageAdapter {
  readonly name = 'file';
  readonly #basePath: string;
  #opened: Opened | undefined;

  /** The folder is made where it is missing (mode 700); its file is its owner's alone (mode 600). */
  constructor(basePath = 'data/sessions') {
    this.#basePath = basePath;
  }

  initialize(config: StorageConfig = {}): Promise<void> {
    return asPromise(() => {
      assertConfig(config);
      this.#opened ??= open(config.location ?? this.#basePath, config);
    });
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    await opened?.commits.idle();
    opened?.database.close();
  }

  healthCheck(): Promise<{ healthy: boolean; message?: string }> {
    return this.#write('check the storage', () => () => undefined).then(
      () => ({ healthy: true }),
      (error: unknown) => ({ healthy: false, message: String(error) }),
    );
  }

  serializeSession(session: Session): string {
    return SessionSerializer.toJSON(session);
  }

  deserializeSession(text: string): Session {
    return SessionSerializer.fromJSON(text);
  }

  saveSession(session: Session, options: SaveOptions = {}): Promise<void> {
    return this.#write(`save session ${session.id}`, ({ sessions, config }) => {
      const draft = toSessionDraft(session, options, config.maxSize);
      return () => {
        sessions.save(draft, options.expectedVersion);
      };
    });
  }

  saveSessions(all: readonly Session[]): Promise<number> {
    return this.#write(`save ${String(all.length)} sessions`, ({ sessions, config }) => {
      const drafts = all.map((session) => toSessionDraft(session, {}, config.maxSize));
      return () => {
        for (const draft of drafts) sessions.save(draft, undefined);
        return all.length;
      };
    });
  }

  appendMessages(sessionId: string, entries: readonly HistoryEntry[], at: Date): Promise<Appended> {
    return this.#write(`append to session ${sessionId}`, ({ sessions, config }) => {
      const texts = toEntryTexts(entries, config.maxSize);
      return () => sessions.append(sessionId, texts, at.getTime());
    });
  }

  getVersion(sessionId: string): Promise<number> {
    return this.#read(`read the version of session ${sessionId}`, ({ sessions }) =>
      sessions.version(sessionId),
    );
  }

  weighSession(sessionId: string): Promise<number> {
    return this.#read(`weigh session ${sessionId}`, ({ sessions }) => sessions.weigh(sessionId));
  }

  getSession(sessionId: string): Promise<Session | null> {
    return this.#read(`read session ${sessionId}`, ({ sessions }) => sessions.get(sessionId));
  }

  getSessions(sessionIds: readonly string[]): Promise<Map<string, Session>> {
    return this.#read(`read ${String(sessionIds.length)} sessions`, ({ sessions }) => {
      const found = sessionIds.map((id) => sessions.get(id)).filter((session) => session !== null);
      return new Map(found.map((session) => [session.id, session]));
    });
  }

  deleteSession(sessionId: string): Promise<boolean> {
    return this.#write(
      `delete session ${sessionId}`,
      ({ sessions }) =>
        () =>
          sessions.delete(sessionId),
    );
  }

  deleteSessions(sessionIds: readonly string[]): Promise<number> {
    return this.#write(
      `delete ${String(sessionIds.length)} sessions`,
      ({ sessions }) =>
        () =>
          sessionIds.filter((id) => sessions.delete(id)).length,
    );
  }

  listSessions(
    filter?: SessionListOptions | SessionState,
    limit?: number,
    offset?: number,
  ): Promise<readonly SessionSummary[]> {
    return this.#read('list the sessions', ({ sessions }) =>
      sessions.list(toListOptions(filter, limit, offset)),
    );
  }

  hasSession(sessionId: string): Promise<boolean> {
    return this.#read(`look for session ${sessionId}`, ({ sessions }) => sessions.has(sessionId));
  }

  set(key: string, value: unknown, ttl?: number): Promise<void> {
    return this.#write(`set ${key}`, ({ values, config }) => {
      const limits = { ttl: ttl ?? config.ttl, maxSize: config.maxSize };
      const json = toValueText(key, value, limits);
      return () => {
        values.set(key, json, limits.ttl);
      };
    });
  }

  get<T>(key: string): Promise<T | null> {
    return this.#read(`get ${key}`, ({ values }) => {
      const json = values.get(key);
      return json === undefined ? null : parseValue<T>(json);
    });
  }

  delete(key: string): Promise<boolean> {
    return this.#write(
      `delete ${key}`,
      ({ values }) =>
        () =>
          values.delete(key),
    );
  }

  has(key: string): Promise<boolean> {
    return this.#read(`look for ${key}`, ({ values }) => values.get(key) !== undefined);
  }

  compareAndSet(key: string, expected: unknown, value: unknown): Promise<boolean> {
    return this.#write(`compare and set ${key}`, ({ values, config }) => {
      const limits = { ttl: config.ttl, maxSize: config.maxSize };
      const [before, after] = [toJson(expected, 'expected value'), toValueText(key, value, limits)];
      return () => {
        if ((values.get(key) ?? 'null') !== before) return false;
        values.set(key, after, limits.ttl);
        return true;
      };
    });
  }

  keys(prefix = ''): Promise<readonly string[]> {
    return this.#read('list the keys', ({ values }) => values.keys(prefix));
  }

  clear(olderThan?: Date | number): Promise<number> {
    const limit = olderThan === undefined ? Number.MAX_SAFE_INTEGER : Number(olderThan);
    return this.#write(
      'clear the storage',
      ({ sessions, values }) =>
        () =>
          sessions.clear(limit) + values.clear(limit),
    );
  }

  getStats(): Promise<StorageStats> {
    return this.#read('weigh the storage', ({ database, sessions, values }) => {
      const counts = sessions.counts();
      const [pages, free, size] = ['page_count', 'freelist_count', 'page_size'].map((pragma) =>
        Number(database.pragma(pragma, { simple: true })),
      );
      return toStorageStats({
        backendType: this.name,
        states: new Map(counts.map(({ state, count }) => [state, count])),
        values: values.count(),
        sizeBytes: ((pages ?? 0) - (free ?? 0)) * (size ?? 0),
        oldest: counts.length === 0 ? null : Math.min(...counts.map((count) => count.oldest)),
        newest: counts.length === 0 ? null : Math.max(...counts.map((count) => count.newest)),
      });
    });
  }

  /** Prepares at once, out of what the caller may change later, and does what was prepared in a transaction. */
  #write<T>(what: string, prepare: (opened: Opened) => () => T): Promise<T> {
    return this.#read(what, (opened) => opened.commits.write(what, prepare(opened)));
  }

  #read<T>(what: string, work: (opened: Opened) => T | Promise<T>): Promise<T> {
    return asPromise(() => {
      if (this.#opened === undefined) throw notOpenError(this.name);
      try {
        return work(this.#opened);
      } catch (cause) {
        throw toStorageError(what, cause);
      }
    });
  }
}

function open(folder: string, config: StorageConfig): Opened {
  if (folder === '' || folder.includes('\0'))
    throw new ValidationError('A storage needs a folder', ['location']);
  const { compression = true, options = {} } = config;
  const file = join(folder, FILE);
  const database = openDatabase(file);
  try {
    if (options.filePermissions !== undefined) chmodSync(file, options.filePermissions);
    if (options.synchronous === 'normal') database.pragma('synchronous = NORMAL');
    prepareTables(database);
    return {
      config,
      database,
      commits: new GroupCommit(database),
      sessions: new SessionTable(database, { compression }),
      values: new ValueTable(database, { compression }),
    };
  } catch (cause) {
    database.close();
    throw toStorageError(`prepare the storage in ${folder}`, cause);
  }
}
