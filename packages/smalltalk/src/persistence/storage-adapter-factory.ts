import { ValidationError } from '../types/errors.ts';
import { FileStorageAdapter } from './file-storage-adapter.ts';
import { InMemoryStorageAdapter } from './memory-storage-adapter.ts';
import { RedisStorageAdapter } from './redis-storage-adapter.ts';
import type { StorageAdapter, StorageConfig } from './storage-adapter.ts';

/** The kinds of storage that come with SmallTalk. */
export type StorageType = 'memory' | 'file' | 'redis';

const FORMS: Readonly<Record<StorageType, (location: string | undefined) => StorageAdapter>> = {
  memory: () => new InMemoryStorageAdapter(),
  file: (location) => new FileStorageAdapter(location),
  redis: (location) => new RedisStorageAdapter(location),
};

/** Makes storage adapters by the name of their kind; anyone's own adapter is simply constructed. */
export const StorageAdapterFactory = {
  /** An adapter that is not initialized yet. */
  create(type: string, config: StorageConfig = {}): StorageAdapter {
    if (!isStorageType(type))
      throw new ValidationError(
        `There is no storage of type "${type}", only ${Object.keys(FORMS).join(', ')}`,
        ['type'],
      );
    return FORMS[type](config.location);
  },

  /** An adapter that is ready. */
  async createAndInitialize(type: string, config: StorageConfig = {}): Promise<StorageAdapter> {
    const adapter = StorageAdapterFactory.create(type, config);
    await adapter.initialize(config);
    return adapter;
  },

  getSupportedTypes(): readonly StorageType[] {
    return Object.keys(FORMS).filter(isStorageType);
  },

  /** The same: what is not there is not promised. */
  getImplementedTypes(): readonly StorageType[] {
    return StorageAdapterFactory.getSupportedTypes();
  },

  isImplemented(type: string): boolean {
    return isStorageType(type);
  },
};

function isStorageType(type: string): type is StorageType {
  return Object.hasOwn(FORMS, type);
}
