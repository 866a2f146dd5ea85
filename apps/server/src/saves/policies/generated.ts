import type { Argv, Oid, ProjectConfig } from '@thalogos/contracts';
import type { GitPath } from '../../git/git-path.ts';
import type { MergeSides, Rest, Settle } from '../settle.ts';
import { mergedMode } from './merged-mode.ts';
import { matching } from './policies.ts';

/** Which files to make anew, with what, from which tree. */
export interface RebuildOrder {
  readonly command: Argv;
  readonly tree: Oid;
  readonly sides: MergeSides;
  readonly paths: readonly GitPath[];
}

/** Makes files anew and gives their blobs; without one that the command did not leave as a regular file. */
export type Rebuild = (order: RebuildOrder) => Promise<ReadonlyMap<GitPath, Oid>>;

/**
 * Files that a project's command makes are made again from the merged tree instead of merged:
 * once everything else is settled, and nothing but those very files is taken from the result.
 */
export function makeGeneratedPolicy(generated: ProjectConfig['generated'], rebuild: Rebuild): Settle {
  const entries = generated.map(({ files, command }) => ({ command, isMade: matching(files) }));
  const isMade = (path: GitPath) => entries.some((entry) => entry.isMade(path));
  const made = new Map<string, ReturnType<Rebuild>>();

  /** One run of a command makes every file in conflict that is its own. */
  async function makeOnce(order: Omit<RebuildOrder, 'tree'>, rest: Rest): ReturnType<Rebuild> {
    const tree = await rest.tree();
    const key = JSON.stringify([tree, order.command]);
    const running = made.get(key) ?? rebuild({ ...order, tree });
    made.set(key, running);
    return running;
  }

  return async (file, { rest, ...sides }) => {
    const entry = entries.find((one) => one.isMade(file.path));
    const mode = mergedMode(file);
    // Made from a manifest that is still in dispute it would be wrong, whatever is decided there.
    if (entry === undefined || mode === null || rest === null || !rest.open.every(isMade)) return null;
    const paths = rest.open.filter(entry.isMade);
    const oid = (await makeOnce({ command: entry.command, sides, paths }, rest)).get(file.path);
    return oid === undefined ? null : { content: { oid }, mode, by: 'generated' };
  };
}
