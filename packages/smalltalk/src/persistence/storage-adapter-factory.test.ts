import { expect, it } from 'vitest';
import { makeScratchFolder } from '../test-scratch.ts';
import { ValidationError } from '../types/errors.ts';
import { StorageAdapterFactory } from './storage-adapter-factory.ts';

it('makes every type that it says it supports', async () => {
  const types = StorageAdapterFactory.getSupportedTypes();
  expect(types.map((type) => StorageAdapterFactory.create(type).name)).toEqual(['memory', 'file', 'redis']);
  const { folder, remove } = makeScratchFolder();
  const adapter = await StorageAdapterFactory.createAndInitialize('file', { location: folder });
  expect(await adapter.healthCheck()).toEqual({ healthy: true });
  await adapter.close();
  remove();
});

it('says which types there are when it is asked for another', () => {
  expect(() => StorageAdapterFactory.create('postgres')).toThrow(ValidationError);
  expect(() => StorageAdapterFactory.create('constructor')).toThrow('memory, file, redis');
  expect([
    StorageAdapterFactory.isImplemented('redis'),
    StorageAdapterFactory.isImplemented('toString'),
  ]).toEqual([true, false]);
});
