import { readdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

/** What the work takes of this machine. */
export interface Machine {
  /** Bytes that are left to this person where the data is; null where the disk does not say. */
  readonly freeBytes: number | null;
  /** Worktrees of all projects. */
  readonly worktrees: number;
}

/** Looks at the disk of the data directory, and counts the worktrees in the folders of projects. */
export function readMachine(dataDirectory: string, projects: readonly string[]): Machine {
  const worktrees = projects
    .map((project) => join(project, 'worktrees'))
    .flatMap((root) => namesIn(root).map((session) => namesIn(join(root, session)).length))
    .reduce((sum, count) => sum + count, 0);
  return { freeBytes: freeAt(dataDirectory), worktrees };
}

function freeAt(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    // A disk that does not answer is told of by whoever writes on it.
    return null;
  }
}

/** Folders in a folder; one that is not there yet, or not there any more, has none. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    return [];
  }
}
