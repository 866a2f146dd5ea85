import { randomUUID } from 'node:crypto';
import type { StorageAdapter } from '../persistence/storage-adapter.ts';
import { type Clock, systemClock } from '../types/clock.ts';
import { NotFoundError, StorageError, ValidationError } from '../types/errors.ts';
import { jsonLogSink, type LogSink } from '../types/log-sink.ts';
import { type MetricSink, noMetrics } from '../types/metric-sink.ts';
import type {
  ConflictStrategy,
  StateEntityType,
  StateSnapshot,
  StateVersion,
  StateVersionEntry,
} from '../types/state-version.ts';
import { repeat } from './repeat.ts';
import { Reporter } from './reporter.ts';
import { diffStates, resolveStates } from './resolve-states.ts';
import { StateHistory, type StateIndex } from './state-history.ts';
import { StateWatchers } from './state-watchers.ts';

/** What a state version manager can be told. */
export type StateVersionManagerOptions = {
  /** What happens when somebody else changed the state meanwhile; `last-write-wins` unless told otherwise. */
  readonly strategy?: ConflictStrategy;
  /** How many versions of each entity are kept (10). */
  readonly keep?: number;
  /** How often watched entities are looked at, in milliseconds (5,000). */
  readonly syncIntervalMs?: number;
  readonly clock?: Clock;
  readonly log?: LogSink;
  readonly metrics?: MetricSink;
};

/** What is to be said about a change. */
export type CreateVersionOptions = {
  /** `agent` unless told otherwise. */
  readonly entityType?: StateEntityType;
  readonly changeAuthor?: string;
  /** The version that the new state was made from; when it is not the latest any more, that is a conflict. */
  readonly basedOn?: number;
};

/** Whoever is told of a newer version that another instance made. */
export type StateListener = (version: StateVersion) => void;

const MAX_ATTEMPTS = 100;

/**
 * Keeps states outside their process, version by version, for any number of instances that share a storage.
 *
 * Every change has a number, an id, a time and an author; the last ten are kept.
 */
export class StateVersionManager {
  readonly #history: StateHistory;
  readonly #watchers: StateWatchers;
  readonly #reporter: Reporter;
  readonly #clock: Clock;
  readonly #strategy: ConflictStrategy;
  readonly #syncIntervalMs: number;
  #syncing: { readonly stop: AbortController; readonly ended: Promise<void> } | undefined;

  /** The storage is its host's to initialize before and to close afterwards. */
  constructor(storage: StorageAdapter, options: StateVersionManagerOptions = {}) {
    const { strategy, keep, syncIntervalMs, clock, log, metrics } = toSettings(options);
    this.#history = new StateHistory(storage, keep);
    this.#reporter = new Reporter({
      component: 'StateVersionManager',
      clock,
      log,
      metrics,
      alerts: undefined,
    });
    this.#watchers = new StateWatchers(this.#history, this.#reporter);
    this.#clock = clock;
    this.#strategy = strategy;
    this.#syncIntervalMs = syncIntervalMs;
  }

  /** Stores the next version of an entity's state; what it was based on is brought together with what came since. */
  async createVersion(
    entityId: string,
    snapshot: StateSnapshot,
    options: CreateVersionOptions = {},
  ): Promise<StateVersion> {
    assertState(entityId, snapshot);
    const { entityType = 'agent', changeAuthor = 'unknown' } = options;
    const mine = structuredClone(snapshot);
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const index = await this.#history.read(entityId);
      const latest = await this.#history.readVersion(index.versions.at(-1));
      const draft = {
        versionId: randomUUID(),
        entityId,
        entityType,
        version: index.current + 1,
        timestamp: this.#clock.now(),
        changeAuthor,
      };
      const resolved = await this.#settle({
        index,
        latest,
        mine: { ...draft, snapshot: mine },
        basedOn: options.basedOn,
      });
      const version = { ...draft, diff: diffStates(latest?.snapshot ?? {}, resolved), snapshot: resolved };
      if (!(await this.#history.add(index, version))) continue;
      this.#watchers.noteOwn(entityId, version.version);
      return version;
    }
    throw new StorageError(
      `Could not store a version of ${entityId}: others were faster ${String(MAX_ATTEMPTS)} times`,
    );
  }

  /** One version, or null when there is none, or none any more. */
  async getVersion(entityId: string, version: number): Promise<StateVersion | null> {
    const index = await this.#history.read(entityId);
    return this.#history.readVersion(index.versions.find((entry) => entry.version === version));
  }

  /** The newest version, or null where there is none. */
  async getLatest(entityId: string): Promise<StateVersion | null> {
    return this.#history.readVersion((await this.#history.read(entityId)).versions.at(-1));
  }

  /** What is known about the versions that are kept, the oldest first. */
  async listVersions(entityId: string): Promise<readonly StateVersionEntry[]> {
    return (await this.#history.read(entityId)).versions;
  }

  /** The ids of all entities that have a state. */
  listEntities(): Promise<readonly string[]> {
    return this.#history.listEntities();
  }

  /** Deletes an entity's state with all its versions, and says whether there was one. */
  deleteEntity(entityId: string): Promise<boolean> {
    return this.#history.delete(entityId);
  }

  /** Makes one new version of several that disagree, by the strategy; where fields overlap the later one wins. */
  async resolveConflict(entityId: string, versions: readonly StateVersion[]): Promise<StateVersion> {
    const [first, ...others] = versions;
    if (first === undefined || versions.some((version) => version.entityId !== entityId))
      throw new ValidationError(`Nothing to resolve among these versions of ${entityId}`, ['versions']);
    const index = await this.#history.read(entityId);
    const oldest = Math.min(...versions.map(({ version }) => version));
    const base = await this.#history.readVersion(index.versions.findLast(({ version }) => version < oldest));
    const snapshot = resolveStates(this.#strategy, [first, ...others], base?.snapshot);
    return this.createVersion(entityId, snapshot, {
      entityType: first.entityType,
      changeAuthor: 'conflict-resolution',
    });
  }

  /**
   * Tells of every newer version that another instance made, the latest one as soon as the next sync.
   *
   * @returns a function that ends it.
   */
  watch(entityId: string, listener: StateListener): () => void {
    return this.#watchers.add(entityId, listener);
  }

  /** Looks at the watched entities now. */
  sync(): Promise<void> {
    return this.#watchers.sync();
  }

  /** Looks at the watched entities again and again; repeatable. */
  startSync(): void {
    if (this.#syncing !== undefined) return;
    const stop = new AbortController();
    const onFault = (error: unknown) => {
      this.#reporter.error('States could not be synchronised', error);
    };
    const ended = repeat(() => this.sync(), {
      everyMs: this.#syncIntervalMs,
      clock: this.#clock,
      signal: stop.signal,
      onFault,
    });
    this.#syncing = { stop, ended };
  }

  /** Resolves when the sync that is busy has ended. */
  async stopSync(): Promise<void> {
    this.#syncing?.stop.abort();
    await this.#syncing?.ended;
    this.#syncing = undefined;
  }

  /** The state that is to be stored, given what came since the version it was based on. */
  async #settle({
    index,
    latest,
    mine,
    basedOn,
  }: {
    index: StateIndex;
    latest: StateVersion | null;
    mine: Omit<StateVersion, 'diff'>;
    basedOn: number | undefined;
  }): Promise<StateSnapshot> {
    if (basedOn === undefined || basedOn === index.current) return mine.snapshot;
    if (basedOn > index.current)
      throw new NotFoundError('State version', `${mine.entityId}@${String(basedOn)}`);
    this.#reporter.metrics.increment('state_conflicts_total');
    this.#reporter.log('WARN', 'Two instances changed a state', {
      entityId: mine.entityId,
      basedOn,
      latest: index.current,
      strategy: this.#strategy,
    });
    if (latest === null) return mine.snapshot;
    const base = await this.#history.readVersion(index.versions.find(({ version }) => version === basedOn));
    // Whoever stores later wrote later, whatever the clocks of two machines say.
    const timestamp = Math.max(mine.timestamp, latest.timestamp);
    const later = { ...mine, timestamp, diff: diffStates({}, {}) };
    return resolveStates(this.#strategy, [latest, later], base?.snapshot);
  }
}

function toSettings(options: StateVersionManagerOptions): Required<StateVersionManagerOptions> {
  const settings = {
    strategy: 'last-write-wins' as const,
    keep: 10,
    syncIntervalMs: 5000,
    clock: systemClock,
    log: jsonLogSink(),
    metrics: noMetrics,
    ...options,
  };
  const { keep, syncIntervalMs } = settings;
  if (!Number.isSafeInteger(keep) || keep < 1)
    throw new ValidationError('At least one version is kept', ['keep']);
  if (!(syncIntervalMs > 0)) throw new ValidationError('The sync interval is above 0', ['syncIntervalMs']);
  return settings;
}

function assertState(entityId: string, snapshot: unknown): void {
  if (entityId.trim() === '') throw new ValidationError('A state belongs to something', ['entityId']);
  if (typeof snapshot !== 'object' || snapshot === null || Array.isArray(snapshot))
    throw new ValidationError(`The state of ${entityId} is an object`, ['snapshot']);
}
