import type { Repository } from './git.ts';

/** Packs a hub's objects; nothing is ever thrown away. To be called only while no Save runs. */
export async function collectGarbage(hub: Repository): Promise<void> {
  await hub.git.plumbing({
    purpose: 'pack the hub',
    gitDir: hub.gitDir,
    args: ['gc', '--quiet', '--no-prune'],
    writes: hub.gitDir,
    timeout: 3_600_000,
  });
}
