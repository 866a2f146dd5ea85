import { randomUUID } from 'node:crypto';
import { makeTemporaryDirectory } from '@thalogos/testkit';
import type { Git } from './git.ts';
import { startGitHelper } from './helper.ts';

/** A git helper with a data directory of its own, for tests; use it with `await using`. */
export interface TestGit extends AsyncDisposable {
  readonly git: Git;
  readonly dataDirectory: string;
  /** Prefix of the marks of every process it starts. */
  readonly instance: string;
}

/** Starts a helper for one test file, as on a machine with this environment; the test's own when absent. */
export async function startTestGit(
  hostEnvironment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<TestGit> {
  const directory = await makeTemporaryDirectory('thalogos-git-');
  const instance = `test-${randomUUID()}`;
  const git = await startGitHelper({ dataDirectory: directory.path, instance, hostEnvironment });
  return {
    git,
    dataDirectory: directory.path,
    instance,
    async [Symbol.asyncDispose]() {
      await git.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}
