import { simpleGit } from 'simple-git';
import { MARK } from '../platform/process.ts';
import { commandEnvironment, type GitSettings, HARDENING } from './environment.ts';
import type { RunRequest } from './git.ts';
import { GitFault } from './git-fault.ts';

const DEFAULT_TIMEOUT = 600_000;

/**
 * The simple-git door, as it is inside the helper: clone, fetch, log, status and remotes.
 *
 * simple-git takes a non-zero exit with nothing on standard error for a success, so
 * its `errors` plugin is set to reject every one.
 */
export function makeRun(settings: GitSettings) {
  return async (request: RunRequest): Promise<string> => {
    const environment: Record<string, string> = {
      ...commandEnvironment(settings, request),
      [MARK]: settings.mark,
    };
    const deadline = AbortSignal.timeout(request.timeout ?? DEFAULT_TIMEOUT);
    const git = simpleGit({
      baseDir: settings.home,
      abort: deadline,
      errors: (error, result) =>
        result.exitCode === 0
          ? error
          : (error ?? Buffer.from(`the command ended with code ${result.exitCode}`)),
      // simple-git guards against variables and options that come from outside; these are ours.
      allowEnvironment: Object.keys(environment),
      unsafe: {
        allowUnsafeConfigPaths: true,
        allowUnsafeHooksPath: true,
        allowUnsafeFsMonitor: true,
        allowUnsafePager: true,
        allowAbbreviatedOptions: true,
      },
    }).env(environment);
    try {
      return await git.raw([...HARDENING, request.command, ...request.args]);
    } catch (cause) {
      const detail = deadline.aborted ? 'the command was ended by its deadline' : messageOf(cause);
      throw new GitFault(`Could not ${request.purpose}: ${detail}`, {
        args: [request.command, ...request.args],
        stderr: messageOf(cause),
        cause,
      });
    }
  };
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message.trim() : String(cause);
}
