import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The environment of git as a peer uses it: an author, and nobody's own settings. */
export const PEER_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Bench',
  GIT_AUTHOR_EMAIL: 'bench@localhost',
  GIT_COMMITTER_NAME: 'Bench',
  GIT_COMMITTER_EMAIL: 'bench@localhost',
};

/** Runs git in a directory and gives what it printed, without the last line end. */
export async function runGit(cwd: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', ['-c', 'gc.auto=0', ...args], {
    cwd,
    env: PEER_ENVIRONMENT,
    maxBuffer: 256 * 1024 * 1024,
  });
  return stdout.trimEnd();
}
