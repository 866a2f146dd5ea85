import type { Oid } from '@thalogos/contracts';
import { isFullAt } from '../platform/disk-full.ts';
import type { Repository } from './git.ts';
import { GitFault } from './git-fault.ts';

/** One move of a ref (full name); a null `from` means that it must not be there, a null `to` removes it. */
export interface RefMove {
  readonly ref: string;
  readonly from: Oid | null;
  readonly to: Oid | null;
}

/** Every ref moved, or none did because one was not where it was expected. */
export type UpdateRefsOutcome =
  | { readonly kind: 'updated' }
  | { readonly kind: 'moved'; readonly ref: string };

const MOVED =
  /cannot lock ref '([^']+)': (?:is at [0-9a-f]+ but expected|reference already exists|unable to resolve reference|reference is missing but expected)/;

/** Moves refs in one transaction, in the given order, each only from where it is expected; `reason` goes into the reflog. */
export async function updateRefs(
  repository: Repository,
  moves: readonly RefMove[],
  reason: string,
): Promise<UpdateRefsOutcome> {
  const { exitCode, stderr } = await repository.git.plumbing({
    purpose: `move ${moves.map(({ ref }) => ref).join(', ')}`,
    gitDir: repository.gitDir,
    args: ['update-ref', '--no-deref', '--create-reflog', '-m', reason, '--stdin', '-z'],
    input: Buffer.from(`start\0${moves.map(instruction).join('')}prepare\0commit\0`),
    // A transaction that is refused and one that breaks end alike; the message tells them apart.
    exitCodes: [0, 128],
    environment: { GIT_COMMITTER_NAME: 'Thalogos', GIT_COMMITTER_EMAIL: 'thalogos@localhost' },
    writes: repository.gitDir,
  });
  if (exitCode === 0) return { kind: 'updated' };
  const moved = MOVED.exec(stderr);
  if (moved?.[1] !== undefined) return { kind: 'moved', ref: moved[1] };
  const what = `Could not move ${moves.map(({ ref }) => ref).join(', ')}: ${stderr.trim()}`;
  throw new GitFault(withReason(what, repository.gitDir), { exitCode, stderr });
}

/** git says that it could not write a lock, and not why; a full disk is what a person can do something about. */
function withReason(what: string, gitDir: string): string {
  return /could ?n.t write|could not write/i.test(what) && isFullAt(gitDir)
    ? `${what}: No space left on device`
    : what;
}

function instruction({ ref, from, to }: RefMove): string {
  if (to === null) return `delete ${ref}\0${from ?? ''}\0`;
  return from === null ? `create ${ref}\0${to}\0` : `update ${ref}\0${to}\0${from}\0`;
}
