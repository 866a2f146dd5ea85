import type { StorageAdapter } from '../persistence/storage-adapter.ts';
import type { StateSnapshot, StateVersion, StateVersionEntry } from '../types/state-version.ts';

/** The versions of one entity that are still kept, the oldest first. */
export type StateIndex = { readonly current: number; readonly versions: readonly StateVersionEntry[] };

const INDEX = 'state:';
const SNAPSHOT = 'state-snapshot:';

/** Where versions of states are kept in a storage: one small index for each entity, and each state by itself. */
export class StateHistory {
  readonly #storage: StorageAdapter;
  readonly #keep: number;

  constructor(storage: StorageAdapter, keep: number) {
    this.#storage = storage;
    this.#keep = keep;
  }

  /** What is kept of an entity; nothing, in version 0, of one that is unknown. */
  async read(entityId: string): Promise<StateIndex> {
    return (await this.#storage.get<StateIndex>(INDEX + entityId)) ?? { current: 0, versions: [] };
  }

  async readVersion(entry: StateVersionEntry | undefined): Promise<StateVersion | null> {
    if (entry === undefined) return null;
    const snapshot = await this.#storage.get<StateSnapshot>(SNAPSHOT + entry.versionId);
    return snapshot === null ? null : { ...entry, snapshot };
  }

  async listEntities(): Promise<string[]> {
    return (await this.#storage.keys(INDEX)).map((key) => key.slice(INDEX.length));
  }

  /** Adds a version after the index that was read; false, and nothing kept, when somebody else was faster. */
  async add(index: StateIndex, { snapshot, ...entry }: StateVersion): Promise<boolean> {
    const versions = [...index.versions, entry];
    const evicted = versions.splice(0, versions.length - this.#keep);
    // The state comes first: an index never names what is not there.
    await this.#storage.set(SNAPSHOT + entry.versionId, snapshot);
    const next: StateIndex = { current: entry.version, versions };
    const isAdded = await this.#storage.compareAndSet(
      INDEX + entry.entityId,
      index.current === 0 ? null : index,
      next,
    );
    await this.#deleteSnapshots(isAdded ? evicted : [entry]);
    return isAdded;
  }

  /** Deletes an entity's whole history, and says whether there was one. */
  async delete(entityId: string): Promise<boolean> {
    const index = await this.read(entityId);
    const isDeleted = await this.#storage.delete(INDEX + entityId);
    await this.#deleteSnapshots(index.versions);
    return isDeleted;
  }

  async #deleteSnapshots(entries: readonly StateVersionEntry[]): Promise<void> {
    await Promise.all(entries.map(({ versionId }) => this.#storage.delete(SNAPSHOT + versionId)));
  }
}
