import { execFile } from 'node:child_process';
import { devNull } from 'node:os';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** Who the commits of a test repository are by: a person whose settings must never be touched. */
export const TEST_PERSON = { name: 'Ada Person', email: 'ada@example.org' };

/** Runs git as a person would on a machine with no configuration; gives what it printed, without the last newline. */
export async function runTestGit(
  cwd: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { stdout } = await exec('git', [...args], {
    cwd,
    maxBuffer: 256 * 1024 * 1024,
    env: {
      PATH: process.env['PATH'],
      HOME: cwd,
      LC_ALL: 'C',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: devNull,
      GIT_TERMINAL_PROMPT: '0',
      GIT_AUTHOR_NAME: TEST_PERSON.name,
      GIT_AUTHOR_EMAIL: TEST_PERSON.email,
      GIT_COMMITTER_NAME: TEST_PERSON.name,
      GIT_COMMITTER_EMAIL: TEST_PERSON.email,
      ...environment,
    },
  });
  return stdout.replace(/\n$/, '');
}
