import type { Oid } from '@thalogos/contracts';
import type { Repository } from './git.ts';

/** How many commits each of two has that the other has not. */
export interface Apart {
  readonly ahead: number;
  readonly behind: number;
}

/** Counts the commits of `head` that `against` has not, and the other way round. */
export async function countApart(repository: Repository, head: Oid, against: Oid): Promise<Apart> {
  const { stdout } = await repository.git.plumbing({
    purpose: `count how far ${head} and ${against} are apart`,
    gitDir: repository.gitDir,
    args: ['rev-list', '--left-right', '--count', '--end-of-options', `${head}...${against}`],
  });
  const [ahead = '0', behind = '0'] = stdout.toString().trim().split('\t');
  return { ahead: Number(ahead), behind: Number(behind) };
}
