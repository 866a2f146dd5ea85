import type { MetricSink } from '../types/metric-sink.ts';
import type { HistoryEntry, Session, SessionState } from '../types/session.ts';
import { noSpan, type Tracer } from '../types/tracer.ts';
import type {
  Appended,
  SaveOptions,
  SessionListOptions,
  SessionSummary,
  StorageAdapter,
  StorageConfig,
  StorageStats,
} from './storage-adapter.ts';

/** Where what is seen of a storage goes. */
export type StorageObserver = { readonly tracer: Tracer; readonly metrics: MetricSink };

/** A storage whose operations are timed and traced. */
export class ObservedStorage implements StorageAdapter {
  readonly #storage: StorageAdapter;
  readonly #observer: StorageObserver;

  readonly weighSession?: (sessionId: string) => Promise<number>;
  readonly getVersion?: (sessionId: string) => Promise<number>;

  constructor(storage: StorageAdapter, observer: StorageObserver) {
    this.#storage = storage;
    this.#observer = observer;
    if (storage.weighSession !== undefined)
      this.weighSession = (id) => this.#observe('weigh_session', async () => storage.weighSession?.(id) ?? 0);
    if (storage.getVersion !== undefined)
      this.getVersion = (id) => this.#observe('get_version', async () => storage.getVersion?.(id) ?? 0);
  }

  get name(): string {
    return this.#storage.name;
  }

  initialize(config?: StorageConfig): Promise<void> {
    return this.#storage.initialize(config);
  }

  close(): Promise<void> {
    return this.#storage.close();
  }

  healthCheck(): Promise<{ readonly healthy: boolean; readonly message?: string }> {
    return this.#storage.healthCheck();
  }

  serializeSession(session: Session): string {
    return this.#storage.serializeSession(session);
  }

  deserializeSession(text: string): Session {
    return this.#storage.deserializeSession(text);
  }

  saveSession(session: Session, options?: SaveOptions): Promise<void> {
    return this.#observe('save_session', () => this.#storage.saveSession(session, options));
  }

  saveSessions(sessions: readonly Session[]): Promise<number> {
    return this.#observe('save_sessions', () => this.#storage.saveSessions(sessions));
  }

  appendMessages(sessionId: string, entries: readonly HistoryEntry[], at: Date): Promise<Appended> {
    return this.#observe('append_messages', () => this.#storage.appendMessages(sessionId, entries, at));
  }

  getSession(sessionId: string): Promise<Session | null> {
    return this.#observe('get_session', () => this.#storage.getSession(sessionId));
  }

  getSessions(sessionIds: readonly string[]): Promise<Map<string, Session>> {
    return this.#observe('get_sessions', () => this.#storage.getSessions(sessionIds));
  }

  deleteSession(sessionId: string): Promise<boolean> {
    return this.#observe('delete_session', () => this.#storage.deleteSession(sessionId));
  }

  deleteSessions(sessionIds: readonly string[]): Promise<number> {
    return this.#observe('delete_sessions', () => this.#storage.deleteSessions(sessionIds));
  }

  listSessions(
    filter?: SessionListOptions | SessionState,
    limit?: number,
    offset?: number,
  ): Promise<readonly SessionSummary[]> {
    return this.#observe('list_sessions', () => this.#storage.listSessions(filter, limit, offset));
  }

  hasSession(sessionId: string): Promise<boolean> {
    return this.#observe('has_session', () => this.#storage.hasSession(sessionId));
  }

  set(key: string, value: unknown, ttl?: number): Promise<void> {
    return this.#observe('set', () => this.#storage.set(key, value, ttl));
  }

  get<T>(key: string): Promise<T | null> {
    return this.#observe('get', () => this.#storage.get<T>(key));
  }

  delete(key: string): Promise<boolean> {
    return this.#observe('delete', () => this.#storage.delete(key));
  }

  has(key: string): Promise<boolean> {
    return this.#observe('has', () => this.#storage.has(key));
  }

  compareAndSet(key: string, expected: unknown, value: unknown): Promise<boolean> {
    return this.#observe('compare_and_set', () => this.#storage.compareAndSet(key, expected, value));
  }

  keys(prefix?: string): Promise<readonly string[]> {
    return this.#observe('keys', () => this.#storage.keys(prefix));
  }

  clear(olderThan?: Date | number): Promise<number> {
    return this.#observe('clear', () => this.#storage.clear(olderThan));
  }

  getStats(): Promise<StorageStats> {
    return this.#observe('get_stats', () => this.#storage.getStats());
  }

  async #observe<T>(operation: string, work: () => Promise<T>): Promise<T> {
    const { tracer, metrics } = this.#observer;
    // What nobody's message has set off, as the autosave, begins no trace.
    const isTraced = tracer.current() !== undefined;
    const span = isTraced ? tracer.begin(`storage ${operation}`, { 'smalltalk.storage': this.name }) : noSpan;
    const startedAt = performance.now();
    let result = 'ok';
    try {
      return await span.run(work);
    } catch (error) {
      result = 'failed';
      span.fail(error);
      throw error;
    } finally {
      span.end();
      const seconds = (performance.now() - startedAt) / 1000;
      metrics.observe('storage_operations_duration_seconds', seconds, { operation, result });
    }
  }
}
