import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Repository } from './git.ts';

/** With more packs than this, looking for an object takes noticeably longer. */
const MANY_PACKS = 40;

/** Joins a hub's small packs where there are many: each Save leaves one. Nothing is thrown away; the new pack is synced first. */
export async function joinPacks(hub: Repository, many = MANY_PACKS): Promise<void> {
  const files = await readdir(join(hub.gitDir, 'objects', 'pack'));
  if (files.filter((name) => name.endsWith('.pack')).length <= many) return;
  await hub.git.plumbing({
    purpose: 'join the packs of the hub',
    gitDir: hub.gitDir,
    // Each pack that stays is at least twice as large as all smaller ones together.
    args: ['repack', '--geometric=2', '-d', '--quiet'],
    writes: hub.gitDir,
    timeout: 3_600_000,
  });
}
