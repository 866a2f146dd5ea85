import { randomUUID } from 'node:crypto';
import type { SessionListOptions, StorageAdapter } from '../persistence/storage-adapter.ts';
import {
  NotFoundError,
  SessionGoneError,
  SessionLimitError,
  StorageError,
  ValidationError,
} from '../types/errors.ts';
import { isUuid } from '../types/is-uuid.ts';
import { jsonLogSink } from '../types/log-sink.ts';
import { noMetrics } from '../types/metric-sink.ts';
import type { AgentState, MessageTurn, Session, SessionState } from '../types/session.ts';
import { assertTransition, isOpen, toGoneReason } from '../types/session-transitions.ts';
import type { MessageDraft } from './conversation.ts';
import { KeyedMutex } from './keyed-mutex.ts';
import { isChanged, type LiveSession, toStored } from './live-session.ts';
import { MessageAppender } from './message-appender.ts';
import { repeat } from './repeat.ts';
import { Reporter } from './reporter.ts';
import { isPassing, SaveLadder } from './save-ladder.ts';
import { SessionInvalidation } from './session-invalidation.ts';
import { SessionPool } from './session-pool.ts';
import {
  assertExpiration,
  type SessionManagerOptions,
  type SessionSettings,
  toSessionSettings,
} from './session-settings.ts';
import { type SessionStorageStats, toSessionStats } from './session-stats.ts';
import { SessionSweeper } from './session-sweeper.ts';
import { SessionWriter } from './session-writer.ts';
import { toHistoryEntry } from './to-history-entry.ts';

/** How a session is to begin. */
export type CreateSessionOptions = {
  /** Milliseconds: 1 hour to 30 days. */
  readonly expirationMs?: number;
  readonly metadata?: Session['metadata'];
  readonly agentIds?: readonly string[];
};

/** What became of the sessions when their manager was closed. */
export type CloseOutcome = { readonly saved: number; readonly failed: readonly string[] };

/** How long `close` tries to save, in milliseconds. */
const CLOSE_WITHIN_MS = 5000;

/**
 * Keeps conversations alive across restarts: nothing that it acknowledged is lost when its process dies.
 *
 * Within a process everyone who creates or restores a session works on the same object. Changes to it are saved with
 * `saveSession`, or by the autosave; messages are stored one by one as they are added. Several processes may share one
 * storage.
 */
export class SessionManager {
  readonly #storage: StorageAdapter;
  readonly #settings: SessionSettings;
  readonly #reporter: Reporter;
  readonly #mutex = new KeyedMutex();
  readonly #pool: SessionPool;
  readonly #writer: SessionWriter;
  readonly #appender: MessageAppender;
  readonly #ladder: SaveLadder;
  readonly #invalidation: SessionInvalidation;
  readonly #sweeper: SessionSweeper;
  readonly #ending = new AbortController();
  #limit: number;
  #background: { readonly stop: AbortController; readonly ended: Promise<unknown> } | undefined;

  /** The storage is its host's to initialize before and to close afterwards. */
  constructor(storage: StorageAdapter, options: SessionManagerOptions = {}) {
    const settings = toSessionSettings(options);
    const { log = jsonLogSink(), metrics = noMetrics, alerts } = options;
    const { clock } = settings;
    const reporter = new Reporter({ component: 'SessionManager', clock, log, metrics, alerts });
    const { signal } = this.#ending;
    const parts = { storage, clock, reporter, mutex: this.#mutex, signal };
    this.#storage = storage;
    this.#settings = settings;
    this.#limit = settings.maxConcurrentSessions;
    this.#reporter = reporter;
    this.#pool = new SessionPool(metrics);
    this.#writer = new SessionWriter(parts);
    this.#appender = new MessageAppender({ ...parts, writer: this.#writer });
    this.#invalidation = new SessionInvalidation(parts);
    this.#ladder = new SaveLadder({
      clock,
      reporter,
      save: (id) => this.#saveAgain(id),
      isWanted: (id) => this.#isWanted(id),
    });
    this.#sweeper = new SessionSweeper({
      ...parts,
      idleAfterMs: settings.idleAfterMs,
      pool: this.#pool,
      forget: (id) => this.#forget(id),
      move: (id, state) => this.updateSessionState(id, state),
    });
  }

  /**
   * Makes a session in version 1, which is stored by its first save or message, or by the next autosave.
   *
   * @throws SessionLimitError when as many are active as may be.
   */
  async createSession(options: CreateSessionOptions = {}): Promise<Session> {
    const { expirationMs = this.#settings.expirationMs, metadata = {}, agentIds = [] } = options;
    assertExpiration(expirationMs);
    if (this.#ending.signal.aborted) throw new StorageError('The session manager is closed');
    this.#assertRoom();
    this.#reporter.metrics.increment('sessions_total');
    const now = this.#settings.clock.now();
    const session: Session = {
      id: randomUUID(),
      createdAt: new Date(now),
      updatedAt: new Date(now),
      expiresAt: new Date(now + expirationMs),
      state: 'active',
      agentIds: [...new Set(agentIds)],
      agentStates: {},
      conversationHistory: [],
      sharedContext: {},
      metadata: structuredClone(metadata),
      version: 1,
    };
    return this.#pool.add({ session, stored: undefined, isNew: true }).session;
  }

  /**
   * Stores what changed, and brings version and time of the session up to date.
   *
   * When the storage fails it rejects, keeps the session in memory and tries again by itself.
   */
  async saveSession(session: Session): Promise<void> {
    this.#assertKnown(session.id);
    const shared = this.#pool.get(session.id);
    if (shared?.session === session) return this.#save(shared);
    const live = this.#pool.recall(session) ?? { session, stored: undefined, isNew: false };
    await this.#save(live);
    if (shared === undefined) this.#pool.add(live);
    else await this.#mutex.run(session.id, () => this.#writer.refresh(shared));
  }

  /** The session as it is stored, with what this process has changed and not yet saved; null when there is none. */
  async restoreSession(sessionId: string): Promise<Session | null> {
    assertUuid(sessionId);
    const startedAt = performance.now();
    const live = await this.#find(sessionId);
    this.#reporter.metrics.observe('session_restore_latency_ms', performance.now() - startedAt);
    return live?.session ?? null;
  }

  /** Deletes a session, and says whether there was one. */
  deleteSession(sessionId: string): Promise<boolean> {
    assertUuid(sessionId);
    const wasLive = this.#pool.get(sessionId) !== undefined;
    return this.#mutex.run(sessionId, async () => {
      const wasStored = await this.#storage.deleteSession(sessionId);
      this.#forget(sessionId);
      return wasStored || wasLive;
    });
  }

  /** The ids of stored sessions, the most recently changed first. */
  async listSessions(options: SessionListOptions = {}): Promise<string[]> {
    return (await this.#storage.listSessions(options)).map(({ id }) => id);
  }

  /** Moves a session to another state, as `SESSION_TRANSITIONS` allows. */
  async updateSessionState(sessionId: string, state: SessionState): Promise<void> {
    const live = await this.#get(sessionId);
    assertTransition(live.session.state, state);
    live.session.state = state;
    await this.#save(live);
    if (!isOpen(state)) this.#forget(sessionId);
  }

  /**
   * Adds a message or a turn to the end of a conversation and gives its place there, 1 for the first.
   *
   * @throws SessionGoneError (410) for a session that takes no messages, NotFoundError for an unknown one.
   */
  async addMessage(sessionId: string, message: MessageDraft | MessageTurn): Promise<number> {
    const entry = toHistoryEntry(sessionId, message, this.#settings.clock.now());
    const live = this.#pool.get(sessionId) ?? (await this.#get(sessionId));
    if (SessionPool.isExpired(live.session, this.#settings.clock.now()))
      throw new SessionGoneError(sessionId, 'expired');
    this.#assertKnown(sessionId);
    if (!isOpen(live.session.state)) throw new SessionGoneError(sessionId, toGoneReason(live.session.state));
    try {
      return await this.#appender.append(live, entry);
    } catch (error) {
      throw await this.#explain(sessionId, error);
    }
  }

  /** Stores what an agent needs to go on; an agent that the session did not know joins it. */
  async updateAgentState(sessionId: string, agentId: string, state: AgentState): Promise<void> {
    if (agentId.trim() === '') throw new ValidationError('An agent has an id', ['agentId']);
    const live = await this.#get(sessionId);
    const { session } = live;
    session.agentStates = { ...session.agentStates, [agentId]: structuredClone(state) };
    if (!session.agentIds.includes(agentId)) session.agentIds = [...session.agentIds, agentId];
    await this.#save(live);
  }

  /** Takes a session away at once and for good, then deletes it as soon as the storage lets it go. */
  async invalidateSession(sessionId: string): Promise<void> {
    assertUuid(sessionId);
    if (this.#pool.get(sessionId) === undefined && (await this.#find(sessionId)) === null)
      throw new NotFoundError('Session', sessionId);
    this.#forget(sessionId);
    await this.#invalidation.begin(sessionId);
  }

  /**
   * Deletes the sessions whose time is over, and with `expirationMs` also those that nobody changed for so long;
   * gives their number.
   */
  cleanupExpiredSessions(expirationMs?: number): Promise<number> {
    return this.#sweeper.cleanUp(expirationMs);
  }

  /** How many sessions there are and how old they are. */
  async getStats(): Promise<SessionStorageStats> {
    return toSessionStats(await this.#storage.getStats(), this.#settings.clock.now());
  }

  /** The sessions that this process works with, as it has them in memory. */
  liveSessions(): readonly Session[] {
    return this.#pool.all().map(({ session }) => session);
  }

  /** Changes how many sessions may be active; those that are stay so. 0 lets none begin. */
  setMaxConcurrentSessions(limit: number): void {
    this.#limit = toSessionSettings({ maxConcurrentSessions: limit }).maxConcurrentSessions;
  }

  /** Saves changed sessions and sweeps up what has expired, again and again; repeatable. */
  startBackgroundTasks(): void {
    if (this.#background !== undefined || this.#ending.signal.aborted) return;
    const stop = new AbortController();
    const { clock, autosaveIntervalMs, sweepIntervalMs } = this.#settings;
    const onFault = (error: unknown) => {
      this.#reporter.error('A background task failed', error);
    };
    const common = { clock, signal: stop.signal, onFault };
    const sweep = async () => {
      await this.#invalidation.sweep();
      await this.#sweeper.sweep();
    };
    const ended = Promise.all([
      repeat(async () => void (await this.saveChanged()), { ...common, everyMs: autosaveIntervalMs }),
      sweep().catch(onFault),
      repeat(sweep, { ...common, everyMs: sweepIntervalMs }),
    ]);
    this.#background = { stop, ended };
  }

  /** Resolves when the task that is busy has ended. */
  async stopBackgroundTasks(): Promise<void> {
    this.#background?.stop.abort();
    await this.#background?.ended;
    this.#background = undefined;
  }

  /** Saves every session that has changed, as the autosave does, and gives those that could not be saved. */
  async saveChanged(): Promise<readonly string[]> {
    const changed = this.#pool.all().filter((live) => isChanged(live) && !this.#ladder.has(live.session.id));
    const outcomes = await Promise.allSettled(changed.map((live) => this.#save(live)));
    return changed.flatMap(({ session }, index) =>
      outcomes[index]?.status === 'rejected' ? [session.id] : [],
    );
  }

  /** Ends all background work and saves every session, each tried twice within five seconds; for a planned stop. */
  async close(): Promise<CloseOutcome> {
    await this.stopBackgroundTasks();
    this.#ladder.stop();
    this.#ending.abort();
    const patience = new AbortController();
    const changed = this.#pool.all().filter(isChanged);
    const saveAll = async () => {
      await this.saveChanged();
      this.#ladder.stop();
      await this.saveChanged();
    };
    await Promise.race([saveAll(), this.#settings.clock.sleep(CLOSE_WITHIN_MS, patience.signal)]);
    patience.abort();
    this.#ladder.stop();
    const failed = changed.filter(isChanged).map(({ session }) => session.id);
    return { saved: changed.length - failed.length, failed };
  }

  #assertRoom(): void {
    if (this.#pool.hasRoom(this.#limit)) return;
    this.#reporter.metrics.increment('session_rejection_count');
    this.#reporter.log('WARN', 'A session was refused: too many are active', { limit: this.#limit });
    throw new SessionLimitError(this.#limit);
  }

  #assertKnown(sessionId: string): void {
    assertUuid(sessionId);
    if (this.#invalidation.isNoted(sessionId)) throw new SessionGoneError(sessionId, 'invalidated');
  }

  /** The session that everyone here shares, brought up to date; null where there is none, or none any more. */
  async #find(sessionId: string): Promise<LiveSession | null> {
    if (await this.#invalidation.isInvalidated(sessionId)) return null;
    const live = await this.#mutex.run(sessionId, () => this.#load(sessionId));
    if (live === null || !isOpen(live.session.state)) return live;
    if (!SessionPool.isExpired(live.session, this.#settings.clock.now())) return this.#pool.add(live);
    live.session.state = 'expired';
    this.#forget(sessionId);
    return live;
  }

  async #load(sessionId: string): Promise<LiveSession | null> {
    const live = this.#pool.get(sessionId);
    if (live !== undefined) return this.#refresh(live);
    const session = await this.#storage.getSession(sessionId);
    if (session === null || session.state === 'invalidated_pending_cleanup') return null;
    return { session, stored: toStored(session), isNew: false };
  }

  /** Null for one that another process has deleted or invalidated meanwhile. */
  async #refresh(live: LiveSession): Promise<LiveSession | null> {
    try {
      if (!live.isNew) await this.#writer.refresh(live);
      return live;
    } catch (error) {
      if (!(error instanceof NotFoundError) && !(error instanceof SessionGoneError)) throw error;
      this.#forget(live.session.id);
      return null;
    }
  }

  async #get(sessionId: string): Promise<LiveSession> {
    this.#assertKnown(sessionId);
    const live = await this.#find(sessionId);
    if (live !== null) return live;
    this.#assertKnown(sessionId);
    throw new NotFoundError('Session', sessionId);
  }

  async #save(live: LiveSession): Promise<void> {
    const { id } = live.session;
    try {
      await this.#writer.save(live);
      this.#ladder.end(id);
    } catch (error) {
      const explained = await this.#explain(id, error);
      if (isPassing(explained) && this.#pool.get(id) === live) this.#ladder.begin(id, explained);
      throw explained;
    }
  }

  /** One more attempt of the ladder's, which counts its own failures. */
  async #saveAgain(sessionId: string): Promise<void> {
    const live = this.#pool.get(sessionId);
    if (live === undefined) return;
    await this.#writer.save(live);
    if (!isOpen(live.session.state)) this.#forget(sessionId);
  }

  #isWanted(sessionId: string): boolean {
    const live = this.#pool.get(sessionId);
    return live !== undefined && !SessionPool.isExpired(live.session, this.#settings.clock.now());
  }

  #forget(sessionId: string): void {
    this.#pool.remove(sessionId);
    this.#ladder.end(sessionId);
  }

  /** A session that is suddenly gone was invalidated by another process, or deleted. */
  async #explain(sessionId: string, error: unknown): Promise<unknown> {
    if (!(error instanceof NotFoundError) && !(error instanceof SessionGoneError)) return error;
    this.#forget(sessionId);
    return (await this.#invalidation.isInvalidated(sessionId))
      ? new SessionGoneError(sessionId, 'invalidated')
      : error;
  }
}

function assertUuid(sessionId: string): void {
  if (!isUuid(sessionId)) throw new ValidationError(`"${sessionId}" is no session id`, ['sessionId']);
}
