import type { Oid } from '@thalogos/contracts';
import type { Repository } from './git.ts';

/** One commit as the log tells it; dates are milliseconds since 1970, UTC. */
export interface LoggedCommit {
  readonly oid: Oid;
  readonly tree: Oid;
  readonly parents: readonly Oid[];
  readonly author: { readonly name: string; readonly email: string; readonly at: number };
  readonly committer: { readonly name: string; readonly email: string; readonly at: number };
  /** The whole message, subject first. */
  readonly message: string;
}

/** Which commits to list. */
export interface LogRange {
  readonly from: Oid;
  /** Leaves out this commit and its history. */
  readonly without?: Oid | undefined;
  /** Follows only the first parent, so that a merge counts as one step. */
  readonly firstParent?: boolean;
  readonly limit?: number;
}

const FIELDS = ['%H', '%T', '%P', '%an', '%ae', '%at', '%cn', '%ce', '%ct', '%B'];

/** The commits of a range, newest first. */
export async function logCommits(
  repository: Repository,
  { from, without, firstParent = false, limit }: LogRange,
): Promise<LoggedCommit[]> {
  const output = await repository.git.run({
    purpose: `read the log of ${from}`,
    command: 'log',
    gitDir: repository.gitDir,
    args: [
      '-z',
      `--format=${FIELDS.join('%x00')}`,
      '--no-show-signature',
      ...(firstParent ? ['--first-parent'] : []),
      ...(limit === undefined ? [] : [`--max-count=${limit}`]),
      '--end-of-options',
      from,
      ...(without === undefined ? [] : [`^${without}`]),
    ],
  });
  return parseLog(output);
}

/** How many commits each of two has that the other has not. */
export async function countAheadBehind(
  repository: Repository,
  ours: Oid,
  theirs: Oid,
): Promise<{ ahead: number; behind: number }> {
  const { stdout } = await repository.git.plumbing({
    purpose: `count the commits between ${ours} and ${theirs}`,
    gitDir: repository.gitDir,
    args: ['rev-list', '--left-right', '--count', '--end-of-options', `${ours}...${theirs}`],
  });
  const [ahead, behind] = stdout.toString('latin1').trim().split('\t').map(Number);
  return { ahead: ahead ?? 0, behind: behind ?? 0 };
}

function parseLog(output: string): LoggedCommit[] {
  const fields = output.split('\0');
  const commits: LoggedCommit[] = [];
  for (let at = 0; at + FIELDS.length <= fields.length; at += FIELDS.length) {
    const [oid = '', tree = '', parents = '', an = '', ae = '', aAt, cn = '', ce = '', cAt, message = ''] =
      fields.slice(at, at + FIELDS.length);
    commits.push({
      oid,
      tree,
      parents: parents.split(' ').filter((parent) => parent !== ''),
      author: { name: an, email: ae, at: Number(aAt) * 1000 },
      committer: { name: cn, email: ce, at: Number(cAt) * 1000 },
      message: message.replace(/\n+$/, ''),
    });
  }
  return commits;
}
