import type { Oid } from '@thalogos/contracts';
import type { PlumbingResult, Repository } from './git.ts';
import type { RemoteScheme } from './remote-address.ts';

/** A remote that is pushed to, and what the person's own environment gives to sign in there. */
export interface Remote {
  readonly address: string;
  readonly scheme: RemoteScheme;
  readonly environment: Readonly<Record<string, string>>;
}

/** One branch to push, only from where it is expected at the remote; null: it must not be there. */
export interface BranchPushRequest {
  readonly branch: string;
  readonly commit: Oid;
  readonly expected: Oid | null;
}

/** It is there; somebody else has moved it; or the remote could not be reached or refused. */
export type PushOutcome =
  | { readonly kind: 'pushed' }
  | { readonly kind: 'moved' }
  | { readonly kind: 'failed'; readonly reason: string };

/** What a remote has under a branch's name. */
export type RemoteHead =
  | { readonly kind: 'read'; readonly at: Oid | null }
  | { readonly kind: 'failed'; readonly reason: string };

const NAME = 'thalogos';
const TIMEOUT = 120_000;

/** Reads where a branch is at a remote. */
export async function readRemoteHead(hub: Repository, remote: Remote, branch: string): Promise<RemoteHead> {
  const answer = await call(hub, remote, {
    purpose: `look for ${branch} at the remote`,
    args: ['ls-remote', '--refs', '--exit-code', NAME, `refs/heads/${branch}`],
  });
  // 2: the remote answered, and has no such branch.
  if (answer.exitCode === 2) return { kind: 'read', at: null };
  if (answer.exitCode !== 0) return { kind: 'failed', reason: reasonOf(answer) };
  return { kind: 'read', at: answer.stdout.toString().split('\t', 1)[0] ?? null };
}

/** Pushes one branch by compare-and-swap: whatever else the remote has there meanwhile stays. */
export async function pushBranch(
  hub: Repository,
  remote: Remote,
  { branch, commit, expected }: BranchPushRequest,
): Promise<PushOutcome> {
  const ref = `refs/heads/${branch}`;
  const answer = await call(hub, remote, {
    purpose: `push ${branch}`,
    args: [
      'push',
      '--porcelain',
      '--no-verify',
      '--no-follow-tags',
      '--no-signed',
      '--recurse-submodules=no',
      `--force-with-lease=${ref}:${expected ?? ''}`,
      NAME,
      `${commit}:${ref}`,
    ],
  });
  if (answer.exitCode === 0) return { kind: 'pushed' };
  const isStale = /^!\t.*\((?:stale info|fetch first|already exists)\)$/m.test(answer.stdout.toString());
  return isStale ? { kind: 'moved' } : { kind: 'failed', reason: reasonOf(answer) };
}

/** The address goes by the environment, where no error of ours repeats it: it may hold a password. */
function call(
  hub: Repository,
  { address, scheme, environment }: Remote,
  { purpose, args }: { readonly purpose: string; readonly args: readonly string[] },
): Promise<PlumbingResult> {
  const settings = [
    [`remote.${NAME}.url`, address],
    [`protocol.${scheme}.allow`, 'always'],
  ] as const;
  const pairs: Record<string, string> = {};
  for (const [index, [key, value]] of settings.entries()) {
    pairs[`GIT_CONFIG_KEY_${index}`] = key;
    pairs[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  return hub.git.plumbing({
    purpose,
    gitDir: hub.gitDir,
    args,
    exitCodes: [0, 1, 2, 128],
    timeout: TIMEOUT,
    environment: {
      // Nobody is there to answer a question.
      GIT_SSH_COMMAND: 'ssh -o BatchMode=yes -o ConnectTimeout=20',
      ...environment,
      GIT_CONFIG_COUNT: String(settings.length),
      ...pairs,
    },
  });
}

/** What git said, in one line, without whoever signs in at the address. */
function reasonOf({ stderr, stdout, exitCode }: PlumbingResult): string {
  const refused = /^!\t.*$/m.exec(stdout.toString())?.[0].replace(/^!\t\S*\t/, '');
  const said = [refused, stderr].filter((part) => part !== undefined && part !== '').join(' ');
  const line = said
    .replaceAll(/\/\/[^/@\s]*@/g, '//')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return line === '' ? `git ended with code ${exitCode}` : line.slice(0, 300);
}
