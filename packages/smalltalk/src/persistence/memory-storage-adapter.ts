import { asPromise } from '../types/as-promise.ts';
import { NotFoundError } from '../types/errors.ts';
import { toJson } from '../types/json.ts';
import { parseValue } from '../types/parse-value.ts';
import type { HistoryEntry, Session, SessionState } from '../types/session.ts';
import { SessionSerializer } from '../types/session-serializer.ts';
import { byNewest, isListed, toListOptions } from './list-options.ts';
import { type SessionRow, toEntryTexts, toSession, toSessionDraft, toSummary } from './session-row.ts';
import type {
  Appended,
  SaveOptions,
  SessionListOptions,
  SessionSummary,
  StorageAdapter,
  StorageConfig,
  StorageStats,
} from './storage-adapter.ts';
import { assertConfig, assertOpen, assertVersion, notOpenError, toValueText } from './storage-rules.ts';
import { toStorageStats } from './storage-stats.ts';

type Kept = { readonly row: SessionRow; readonly entries: string[] };
type Value = { readonly json: string; readonly updatedAt: number; readonly expiresAt: number };

/** Sessions and values that live as long as their process, for tests and for what may be forgotten. */
export class InMemoryStorageAdapter implements StorageAdapter {
  readonly name = 'memory';
  readonly #sessions = new Map<string, Kept>();
  readonly #values = new Map<string, Value>();
  #config: StorageConfig | undefined;

  initialize(config: StorageConfig = {}): Promise<void> {
    return asPromise(() => {
      assertConfig(config);
      this.#config ??= config;
    });
  }

  close(): Promise<void> {
    this.#config = undefined;
    return Promise.resolve();
  }

  healthCheck(): Promise<{ healthy: boolean; message?: string }> {
    return Promise.resolve(
      this.#config === undefined
        ? { healthy: false, message: notOpenError(this.name).message }
        : { healthy: true },
    );
  }

  serializeSession(session: Session): string {
    return SessionSerializer.toJSON(session);
  }

  deserializeSession(text: string): Session {
    return SessionSerializer.fromJSON(text);
  }

  saveSession(session: Session, options: SaveOptions = {}): Promise<void> {
    return this.#do(() => {
      this.#put(session, options);
    });
  }

  saveSessions(sessions: readonly Session[]): Promise<number> {
    return this.#do(() => {
      const drafts = sessions.map((session) => toSessionDraft(session, {}, this.#config?.maxSize));
      for (const { row, texts } of drafts) this.#sessions.set(row.id, { row, entries: texts });
      return sessions.length;
    });
  }

  appendMessages(sessionId: string, entries: readonly HistoryEntry[], at: Date): Promise<Appended> {
    return this.#do((config) => {
      const texts = toEntryTexts(entries, config.maxSize);
      const kept = this.#sessions.get(sessionId);
      if (kept === undefined) throw new NotFoundError('Session', sessionId);
      const { row, entries: history } = kept;
      assertOpen(sessionId, row.state);
      const version = row.version + 1;
      const updatedAt = Math.max(row.updatedAt, at.getTime());
      const state = row.state === 'idle' ? 'active' : row.state;
      history.push(...texts);
      this.#sessions.set(sessionId, { row: { ...row, version, updatedAt, state }, entries: history });
      return { sequence: history.length, version };
    });
  }

  getVersion(sessionId: string): Promise<number> {
    return this.#do(() => this.#sessions.get(sessionId)?.row.version ?? 0);
  }

  getSession(sessionId: string): Promise<Session | null> {
    return this.#do(() => this.#get(sessionId));
  }

  getSessions(sessionIds: readonly string[]): Promise<Map<string, Session>> {
    return this.#do(() => {
      const found = sessionIds.map((id) => this.#get(id)).filter((session) => session !== null);
      return new Map(found.map((session) => [session.id, session]));
    });
  }

  deleteSession(sessionId: string): Promise<boolean> {
    return this.#do(() => this.#sessions.delete(sessionId));
  }

  deleteSessions(sessionIds: readonly string[]): Promise<number> {
    return this.#do(() => sessionIds.filter((id) => this.#sessions.delete(id)).length);
  }

  listSessions(
    filter?: SessionListOptions | SessionState,
    limit?: number,
    offset?: number,
  ): Promise<readonly SessionSummary[]> {
    return this.#do(() => {
      const options = toListOptions(filter, limit, offset);
      const rows = [...this.#sessions.values()]
        .map((kept) => kept.row)
        .filter((row) => isListed(row, options));
      const from = options.offset ?? 0;
      return rows
        .map(toSummary)
        .sort(byNewest)
        .slice(from, from + (options.limit ?? rows.length));
    });
  }

  hasSession(sessionId: string): Promise<boolean> {
    return this.#do(() => this.#sessions.has(sessionId));
  }

  set(key: string, value: unknown, ttl?: number): Promise<void> {
    return this.#do((config) => {
      const limits = { ttl: ttl ?? config.ttl, maxSize: config.maxSize };
      this.#write(key, toValueText(key, value, limits), limits.ttl);
    });
  }

  get<T>(key: string): Promise<T | null> {
    return this.#do(() => {
      const json = this.#read(key);
      return json === undefined ? null : parseValue<T>(json);
    });
  }

  delete(key: string): Promise<boolean> {
    return this.#do(() => this.#read(key) !== undefined && this.#values.delete(key));
  }

  has(key: string): Promise<boolean> {
    return this.#do(() => this.#read(key) !== undefined);
  }

  compareAndSet(key: string, expected: unknown, value: unknown): Promise<boolean> {
    return this.#do((config) => {
      const json = toValueText(key, value, { ttl: config.ttl, maxSize: config.maxSize });
      if ((this.#read(key) ?? 'null') !== toJson(expected, 'expected value')) return false;
      this.#write(key, json, config.ttl);
      return true;
    });
  }

  keys(prefix = ''): Promise<readonly string[]> {
    return this.#do(() =>
      [...this.#values.keys()]
        .filter((key) => key.startsWith(prefix) && this.#read(key) !== undefined)
        .sort(),
    );
  }

  clear(olderThan?: Date | number): Promise<number> {
    return this.#do(() => {
      const limit = olderThan === undefined ? Infinity : Number(olderThan);
      const sessions = [...this.#sessions].filter(([, { row }]) => row.updatedAt < limit);
      const values = [...this.#values].filter(([, { updatedAt }]) => updatedAt < limit);
      for (const [id] of sessions) this.#sessions.delete(id);
      for (const [key] of values) this.#values.delete(key);
      return sessions.length + values.length;
    });
  }

  getStats(): Promise<StorageStats> {
    return this.#do(() => {
      const kept = [...this.#sessions.values()];
      const states = new Map<SessionState, number>();
      for (const { row } of kept) states.set(row.state, (states.get(row.state) ?? 0) + 1);
      const times = kept.map(({ row }) => row.createdAt);
      const texts = [
        ...kept.flatMap(({ row, entries }) => [row.body, ...entries]),
        ...[...this.#values.values()].map((value) => value.json),
      ];
      return toStorageStats({
        backendType: this.name,
        states,
        values: this.#values.size,
        sizeBytes: texts.reduce((total, text) => total + Buffer.byteLength(text), 0),
        oldest: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
        newest: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
      });
    });
  }

  #do<T>(work: (config: StorageConfig) => T): Promise<T> {
    return asPromise(() => {
      if (this.#config === undefined) throw notOpenError(this.name);
      return work(this.#config);
    });
  }

  #put(session: Session, options: SaveOptions): void {
    const { row, from, texts } = toSessionDraft(session, options, this.#config?.maxSize);
    const kept = this.#sessions.get(row.id);
    assertVersion(row.id, kept?.row.version ?? 0, options.expectedVersion);
    this.#sessions.set(row.id, { row, entries: [...(kept?.entries.slice(0, from) ?? []), ...texts] });
  }

  #get(sessionId: string): Session | null {
    const kept = this.#sessions.get(sessionId);
    return kept === undefined ? null : toSession(kept.row, kept.entries);
  }

  #write(key: string, json: string, ttl: number | undefined): void {
    const now = Date.now();
    this.#values.set(key, {
      json,
      updatedAt: now,
      expiresAt: ttl === undefined ? Infinity : now + ttl * 1000,
    });
  }

  #read(key: string): string | undefined {
    const value = this.#values.get(key);
    if (value === undefined || value.expiresAt > Date.now()) return value?.json;
    this.#values.delete(key);
    return undefined;
  }
}
