import type { Oid, SavePreview } from '@thalogos/contracts';
import type { Repository } from '../git/git.ts';
import { mergeTree } from '../git/merge-tree.ts';
import type { SavableTask } from './save-deps.ts';
import { settleMerge, type Settlers } from './settle.ts';

/** How many open results are compared with each other; beyond it only the newest are. */
const MAX_COMPARED = 40;

/** How many comparisons are remembered; the ones not asked for longest are forgotten first. */
const MAX_REMEMBERED = 5000;

/** Where results are compared, and what settles a conflict there without a person. */
export interface Radar {
  readonly hub: Repository;
  readonly settlers: Settlers;
}

/** Says which open results would conflict, in which files: with each other, and with what `main` would be. */
export interface Collisions {
  find(radar: Radar, tasks: readonly SavableTask[]): Promise<SavePreview['pairs']>;
  /** Those that can't be joined with `integration`, the commit that a Save would land. */
  findWith(
    radar: Radar,
    integration: Oid,
    tasks: readonly SavableTask[],
  ): Promise<NonNullable<SavePreview['withMain']>>;
}

/** Remembers what two commits said of each other: it never changes, so only branches that moved are compared anew. */
export function makeCollisions(): Collisions {
  const remembered = new Map<string, Promise<readonly string[]>>();

  function filesOf(radar: Radar, a: Oid, b: Oid): Promise<readonly string[]> {
    const key = `${radar.hub.gitDir} ${a} ${b} ${radar.settlers.key}`;
    const files = remembered.get(key) ?? compare(radar, a, b);
    remembered.delete(key);
    remembered.set(key, files);
    // What broke is asked again; who asked now hears of it all the same.
    files.catch(() => remembered.delete(key));
    const [oldest] = remembered.keys();
    if (remembered.size > MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    return files;
  }

  return {
    find: async (radar, tasks) => {
      const open = openResults(tasks);
      const pairs = open.flatMap((a, place) => open.slice(place + 1).map((b) => ({ a, b })));
      const found = await Promise.all(
        pairs.map(async ({ a, b }) => ({
          a: a.id,
          b: b.id,
          files: [...(await filesOf(radar, a.result, b.result))],
        })),
      );
      return found.filter((pair) => pair.files.length > 0);
    },
    findWith: async (radar, integration, tasks) => {
      const found = await Promise.all(
        openResults(tasks).map(async ({ id, result }) => ({
          task: id,
          files: [...(await filesOf(radar, integration, result))],
        })),
      );
      return found.filter(({ files }) => files.length > 0);
    },
  };
}

async function compare({ hub, settlers }: Radar, a: Oid, b: Oid): Promise<readonly string[]> {
  const merge = await mergeTree(hub, a, b);
  if (merge.kind === 'clean') return [];
  const sides = { hub, ours: a, theirs: b, task: null };
  const settled = await settleMerge(settlers.settle, merge, sides);
  return settled.kind === 'settled' ? [] : settled.conflicts.map((conflict) => conflict.path);
}

function openResults(tasks: readonly SavableTask[]): readonly { id: string; result: Oid }[] {
  return tasks
    .flatMap(({ id, result, state }) =>
      result !== null && (state === 'review' || state === 'approved') ? [{ id, result }] : [],
    )
    .slice(-MAX_COMPARED);
}
