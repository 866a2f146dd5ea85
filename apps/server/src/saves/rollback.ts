import type { RollbackInput, RollbackPreview } from '@thalogos/contracts';
import type { z } from 'zod';
import { listChanges } from '../git/diff-trees.ts';
import { logCommits } from '../git/log-commits.ts';
import { readBase } from './read-base.ts';
import type { SaveContext } from './save-context.ts';

/** Says what restoring a checkpoint would undo: tasks, later checkpoints, files, and the person's own commits. */
export async function rollbackPreview(
  context: SaveContext,
  { project, tag }: z.infer<typeof RollbackInput>,
): Promise<RollbackPreview> {
  const { hub } = context.projects.place(project);
  const commit = context.timeline.find(project, tag)?.entry.commit ?? null;
  if (commit === null) throw new Error(`Could not find the commit of ${tag}`);
  const base = await readBase(context.projects, project);
  const undone = context.timeline.undoneBy(project, tag);
  const [changes, covered] = await Promise.all([
    listChanges(hub, { from: base.commit, to: commit, withoutRenames: true }),
    logCommits(hub, { from: base.diverged ?? base.commit, without: commit }),
  ]);
  return {
    tag,
    commit,
    undone: undone.flatMap(({ entry }) => entry.tasks.map((task) => ({ ...task, tag: entry.tag ?? tag }))),
    checkpoints: undone.flatMap(({ entry }) => entry.tag ?? []),
    files: changes.map(({ path, status, added, removed }) => ({ path, status, added, removed })),
    commits: covered.filter((one) => one.committer.name !== 'Thalogos').length,
  };
}
