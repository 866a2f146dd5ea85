import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where things are in the data directory. */
export interface DataPaths {
  readonly root: string;
  readonly database: string;
  readonly transcripts: string;
  /** The index of the search, made anew from the log where it is missing. */
  readonly search: string;
  readonly lock: string;
  readonly serverFile: string;
  readonly keys: string;
  readonly logs: string;
  /** Folder of one project: its hub and its worktrees. */
  project(id: string): string;
}

/** The places of a data directory; makes nothing. */
export function dataPathsOf(root: string): DataPaths {
  return {
    root,
    database: join(root, 'thalogos.db'),
    transcripts: join(root, 'transcripts.db'),
    search: join(root, 'search.db'),
    lock: join(root, 'lock.db'),
    serverFile: join(root, 'server.json'),
    keys: join(root, 'keys'),
    logs: join(root, 'logs'),
    project: (id) => join(root, 'projects', id),
  };
}

/** Makes the data directory, readable by its owner alone; throws when it can't be, or belongs to somebody else. */
export function prepareDataDirectory(root: string): void {
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 });
    const { uid } = statSync(root);
    const me = process.getuid?.() ?? uid;
    if (uid !== me) throw new Error(`it belongs to user ${uid}, and this is user ${me}`);
    chmodSync(root, 0o700);
  } catch (cause) {
    throw new Error(
      `Could not prepare the data directory ${root}: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}
