import type { ChainableCommander, Redis } from 'ioredis';
import { NotFoundError, SessionGoneError, StorageError } from '../types/errors.ts';
import { toJson } from '../types/json.ts';
import { parseValue } from '../types/parse-value.ts';
import type { HistoryEntry, Session, SessionState } from '../types/session.ts';
import { SessionSerializer } from '../types/session-serializer.ts';
import { isSessionState, toGoneReason } from '../types/session-transitions.ts';
import { isListed, toListOptions } from './list-options.ts';
import { connectRedis } from './connect-redis.ts';
import {
  APPEND_ENTRIES,
  CLEAR,
  DELETE_SESSION,
  DELETE_VALUE,
  SAVE_SESSION,
  SET_VALUE,
} from './redis-scripts.ts';
import { SUMMARY_FIELDS, toRedisRow, toSaveArguments } from './redis-session.ts';
import {
  type SessionDraft,
  type SessionRow,
  toEntryTexts,
  toSession,
  toSessionDraft,
  toSummary,
} from './session-row.ts';
import type {
  Appended,
  SaveOptions,
  SessionListOptions,
  SessionSummary,
  StorageAdapter,
  StorageConfig,
  StorageStats,
} from './storage-adapter.ts';
import { assertConfig, assertVersion, notOpenError, toStorageError, toValueText } from './storage-rules.ts';
import { toStorageStats } from './storage-stats.ts';

type Opened = { readonly redis: Redis; readonly config: StorageConfig; readonly prefix: string };

/** How many sessions or keys are asked for at once. */
const PAGE = 500;

/**
 * Sessions and values in one Redis (7 or newer, no cluster), which any number of machines may share.
 *
 * How much of what was acknowledged survives Redis itself is up to its own `appendfsync`.
 */
export class RedisStorageAdapter implements StorageAdapter {
  readonly name = 'redis';
  readonly #url: string;
  #connecting: Promise<Redis> | undefined;
  #opened: Opened | undefined;

  /** `redis://` or `rediss://` with host and port, or the path of a socket. */
  constructor(url = 'redis://127.0.0.1:6379') {
    this.#url = url;
  }

  async initialize(config: StorageConfig = {}): Promise<void> {
    assertConfig(config);
    this.#connecting ??= connectRedis(config.location ?? this.#url);
    try {
      const redis = await this.#connecting;
      this.#opened ??= { redis, config, prefix: config.options?.keyPrefix ?? 'smalltalk:' };
    } catch (cause) {
      this.#connecting = undefined;
      throw cause;
    }
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    this.#connecting = undefined;
    await opened?.redis.quit();
  }

  async healthCheck(): Promise<{ healthy: boolean; message?: string }> {
    try {
      await this.#do('reach Redis', ({ redis }) => redis.ping());
      return { healthy: true };
    } catch (error) {
      return { healthy: false, message: String(error) };
    }
  }

  serializeSession(session: Session): string {
    return SessionSerializer.toJSON(session);
  }

  deserializeSession(text: string): Session {
    return SessionSerializer.fromJSON(text);
  }

  async saveSession(session: Session, options: SaveOptions = {}): Promise<void> {
    const { expectedVersion } = options;
    await this.#prepared(
      `save session ${session.id}`,
      ({ maxSize }) => toSessionDraft(session, options, maxSize),
      async (opened, draft) => {
        const reply = await opened.redis.eval(
          SAVE_SESSION,
          3,
          ...sessionKeys(opened, session.id),
          ...toSaveArguments(draft, expectedVersion),
        );
        const [code, stored] = toNumbers(reply);
        if (code === 0) assertVersion(draft.row.id, stored ?? 0, expectedVersion);
        if (code === -1)
          throw new StorageError(
            `Session ${draft.row.id} has fewer than ${String(draft.from)} stored entries`,
          );
      },
    );
  }

  saveSessions(all: readonly Session[]): Promise<number> {
    return this.#prepared(
      `save ${String(all.length)} sessions`,
      ({ maxSize }): SessionDraft[] => all.map((session) => toSessionDraft(session, {}, maxSize)),
      async (opened, drafts) => {
        const batch = opened.redis.multi();
        for (const draft of drafts)
          batch.eval(
            SAVE_SESSION,
            3,
            ...sessionKeys(opened, draft.row.id),
            ...toSaveArguments(draft, undefined),
          );
        return (await runAll(batch)).length;
      },
    );
  }

  appendMessages(sessionId: string, entries: readonly HistoryEntry[], at: Date): Promise<Appended> {
    return this.#prepared(
      `append to session ${sessionId}`,
      ({ maxSize }) => toEntryTexts(entries, maxSize),
      async (opened, texts) => {
        const keys = sessionKeys(opened, sessionId);
        const reply: unknown = await opened.redis.eval(
          APPEND_ENTRIES,
          3,
          ...keys,
          sessionId,
          String(at.getTime()),
          ...texts,
        );
        const [code, second, version] = toList(reply);
        if (code === 0) throw new NotFoundError('Session', sessionId);
        if (isSessionState(second)) throw new SessionGoneError(sessionId, toGoneReason(second));
        return { sequence: Number(second), version: Number(version) };
      },
    );
  }

  getVersion(sessionId: string): Promise<number> {
    return this.#do(`read the version of session ${sessionId}`, async (opened) => {
      const [session] = sessionKeys(opened, sessionId);
      return Number((await opened.redis.hget(session, 'version')) ?? 0);
    });
  }

  async getSession(sessionId: string): Promise<Session | null> {
    return (await this.getSessions([sessionId])).get(sessionId) ?? null;
  }

  getSessions(sessionIds: readonly string[]): Promise<Map<string, Session>> {
    return this.#do(`read ${String(sessionIds.length)} sessions`, async (opened) => {
      const batch = opened.redis.multi();
      for (const id of sessionIds) {
        const [session, entries] = sessionKeys(opened, id);
        batch.hmget(session, ...SUMMARY_FIELDS, 'body').lrange(entries, 0, -1);
      }
      const replies = await runAll(batch);
      const found = sessionIds.flatMap((_, index) => {
        const fields = toList(replies[index * 2]);
        const row = toRedisRow(fields);
        return row === undefined
          ? []
          : [toSession({ ...row, body: String(fields.at(-1)) }, toList(replies[index * 2 + 1]).map(String))];
      });
      return new Map(found.map((session) => [session.id, session]));
    });
  }

  async deleteSession(sessionId: string): Promise<boolean> {
    return (await this.deleteSessions([sessionId])) > 0;
  }

  deleteSessions(sessionIds: readonly string[]): Promise<number> {
    return this.#do(`delete ${String(sessionIds.length)} sessions`, async (opened) => {
      const batch = opened.redis.multi();
      for (const id of sessionIds) batch.eval(DELETE_SESSION, 3, ...sessionKeys(opened, id), id);
      return (await runAll(batch)).reduce<number>((total, one) => total + Number(one), 0);
    });
  }

  listSessions(
    filter?: SessionListOptions | SessionState,
    limit?: number,
    offset?: number,
  ): Promise<readonly SessionSummary[]> {
    return this.#do('list the sessions', async (opened) => {
      const options = toListOptions(filter, limit, offset);
      const [from, to] = [options.offset ?? 0, (options.offset ?? 0) + (options.limit ?? Infinity)];
      const found: SessionSummary[] = [];
      for await (const row of eachRow(opened)) {
        if (found.length >= to) break;
        if (isListed(row, options)) found.push(toSummary(row));
      }
      return found.slice(from, to);
    });
  }

  hasSession(sessionId: string): Promise<boolean> {
    return this.#do(`look for session ${sessionId}`, async (opened) => {
      const [session] = sessionKeys(opened, sessionId);
      return (await opened.redis.exists(session)) === 1;
    });
  }

  async set(key: string, value: unknown, ttl?: number): Promise<void> {
    await this.#setValue(`set ${key}`, { key, value, ttl });
  }

  get<T>(key: string): Promise<T | null> {
    return this.#do(`get ${key}`, async (opened) => {
      const json = await opened.redis.get(valueKeys(opened, key)[0]);
      return json === null ? null : parseValue<T>(json);
    });
  }

  delete(key: string): Promise<boolean> {
    return this.#do(
      `delete ${key}`,
      async (opened) => (await opened.redis.eval(DELETE_VALUE, 2, ...valueKeys(opened, key), key)) === 1,
    );
  }

  has(key: string): Promise<boolean> {
    return this.#do(
      `look for ${key}`,
      async (opened) => (await opened.redis.exists(valueKeys(opened, key)[0])) === 1,
    );
  }

  compareAndSet(key: string, expected: unknown, value: unknown): Promise<boolean> {
    return this.#setValue(`compare and set ${key}`, { key, value, expected: { value: expected } });
  }

  keys(prefix = ''): Promise<readonly string[]> {
    return this.#do('list the keys', async (opened) => {
      const index = `${opened.prefix}values`;
      const named = (await opened.redis.zrange(index, '0', '-1'))
        .filter((key) => key.startsWith(prefix))
        .sort();
      const kept: string[] = [];
      for (let from = 0; from < named.length; from += PAGE) {
        const page = named.slice(from, from + PAGE);
        const batch = opened.redis.pipeline();
        for (const key of page) batch.exists(valueKeys(opened, key)[0]);
        const exist = await runAll(batch);
        kept.push(...page.filter((_, place) => exist[place] === 1));
      }
      return kept;
    });
  }

  clear(olderThan?: Date | number): Promise<number> {
    return this.#do('clear the storage', async ({ redis, prefix }) => {
      const limit = olderThan === undefined ? '+inf' : `(${String(Number(olderThan))}`;
      const indexes = [`${prefix}sessions`, `${prefix}values`];
      return Number(await redis.eval(CLEAR, 2, ...indexes, limit, `${prefix}session:`, `${prefix}value:`));
    });
  }

  getStats(): Promise<StorageStats> {
    return this.#do('weigh the storage', async (opened) => {
      const rows: Omit<SessionRow, 'body'>[] = [];
      for await (const row of eachRow(opened)) rows.push(row);
      const states = new Map<SessionState, number>();
      for (const { state } of rows) states.set(state, (states.get(state) ?? 0) + 1);
      const names = await opened.redis.zrange(`${opened.prefix}values`, '0', '-1');
      const keys = [
        ...rows.flatMap(({ id }) => sessionKeys(opened, id).slice(0, 2)),
        ...names.map((key) => valueKeys(opened, key)[0]),
      ];
      const batch = opened.redis.pipeline();
      for (const key of keys) batch.memory('USAGE', key);
      const sizes = await runAll(batch);
      const created = rows.map((row) => row.createdAt);
      return toStorageStats({
        backendType: this.name,
        states,
        values: names.length,
        sizeBytes: sizes.reduce<number>((total, size) => total + Number(size), 0),
        oldest: created.length === 0 ? null : created.reduce((a, b) => Math.min(a, b)),
        newest: created.length === 0 ? null : created.reduce((a, b) => Math.max(a, b)),
      });
    });
  }

  #setValue(
    what: string,
    {
      key,
      value,
      ttl,
      expected,
    }: { key: string; value: unknown; ttl?: number | undefined; expected?: { value: unknown } },
  ): Promise<boolean> {
    return this.#prepared(
      what,
      (config) => {
        const lifetime = ttl ?? config.ttl;
        const json = toValueText(key, value, { ttl: lifetime, maxSize: config.maxSize });
        const before = expected === undefined ? '' : toJson(expected.value, 'expected value');
        return [
          key,
          json,
          String(Date.now()),
          lifetime === undefined ? '' : String(Math.ceil(lifetime * 1000)),
          before,
        ];
      },
      async (opened, parts) =>
        (await opened.redis.eval(SET_VALUE, 2, ...valueKeys(opened, key), ...parts)) === 1,
    );
  }

  /** Prepares before anything is waited for, out of what the caller may change later. */
  #prepared<P, T>(
    what: string,
    prepare: (config: StorageConfig) => P,
    work: (opened: Opened, prepared: P) => Promise<T>,
  ): Promise<T> {
    return this.#do(what, (opened) => work(opened, prepare(opened.config)));
  }

  async #do<T>(what: string, work: (opened: Opened) => Promise<T>): Promise<T> {
    if (this.#opened === undefined) throw notOpenError(this.name);
    try {
      return await work(this.#opened);
    } catch (cause) {
      throw toStorageError(what, cause);
    }
  }
}

function sessionKeys({ prefix }: Opened, id: string): [session: string, entries: string, index: string] {
  return [`${prefix}session:${id}`, `${prefix}session:${id}:entries`, `${prefix}sessions`];
}

function valueKeys({ prefix }: Opened, key: string): [value: string, index: string] {
  return [`${prefix}value:${key}`, `${prefix}values`];
}

/** Every session, the newest change first, a page at a time. */
async function* eachRow({ redis, prefix }: Opened): AsyncGenerator<Omit<SessionRow, 'body'>> {
  for (let from = 0; ; from += PAGE) {
    const ids = await redis.zrevrange(`${prefix}sessions`, from, from + PAGE - 1);
    const batch = redis.pipeline();
    for (const id of ids) batch.hmget(`${prefix}session:${id}`, ...SUMMARY_FIELDS);
    for (const fields of await runAll(batch)) {
      const row = toRedisRow(toList(fields));
      if (row !== undefined) yield row;
    }
    if (ids.length < PAGE) return;
  }
}

/** Runs a pipeline or a transaction; one command that fails fails it all. */
async function runAll(batch: ChainableCommander): Promise<unknown[]> {
  const replies = (await batch.exec()) ?? [];
  return replies.map(([error, reply]) => {
    if (error !== null) throw error;
    return reply;
  });
}

function toList(reply: unknown): unknown[] {
  return Array.isArray(reply) ? reply : [];
}

function toNumbers(reply: unknown): number[] {
  return toList(reply).map(Number);
}
