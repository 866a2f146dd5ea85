import { createHash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import type { Repository } from '../git/git.ts';
import { type GitPath, gitPathBytes } from '../git/git-path.ts';
import { readStatus } from '../git/status.ts';
import { findWorktreeRecord } from '../git/worktree-records.ts';

/** Where there are more, the first ones tell as much. */
const MOST_FILES = 500;

/** Something that changes whenever a file of a worktree does, as far as git looks at it; empty where there is none. */
export async function readImprint(hub: Repository, workTree: string): Promise<string> {
  const record = await findWorktreeRecord(hub, workTree);
  if (record === null) return '';
  const changed = await readStatus({ git: hub.git, gitDir: record.directory, workTree });
  const stats = await Promise.all(changed.slice(0, MOST_FILES).map(({ path }) => statOf(workTree, path)));
  return createHash('sha256')
    .update(`${changed.length}\n${stats.join('\n')}`)
    .digest('hex');
}

async function statOf(workTree: string, path: GitPath): Promise<string> {
  try {
    const { size, mtimeMs } = await lstat(Buffer.concat([Buffer.from(`${workTree}/`), gitPathBytes(path)]));
    return `${path} ${size} ${mtimeMs}`;
  } catch {
    // Deleted, or gone meanwhile: that it is gone is told by its name alone.
    return path;
  }
}
