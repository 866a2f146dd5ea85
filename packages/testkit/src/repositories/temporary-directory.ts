import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory of its own for one test, removed when it is disposed of. */
export interface TemporaryDirectory extends AsyncDisposable {
  /** Absolute, with links resolved, as git prints it. */
  readonly path: string;
}

/** Makes an empty directory under the system's temporary one; use it with `await using`. */
export async function makeTemporaryDirectory(prefix = 'thalogos-test-'): Promise<TemporaryDirectory> {
  const path = await realpath(await mkdtemp(join(tmpdir(), prefix)));
  return {
    path,
    // Read-only worktrees and a process that is just ending both need more than one try.
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }),
  };
}
