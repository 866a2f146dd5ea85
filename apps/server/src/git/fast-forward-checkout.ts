import { lstat } from 'node:fs/promises';
import type { Oid } from '@thalogos/contracts';
import type { Checkout } from './git.ts';
import { type GitPath, gitPathBytes } from './git-path.ts';
import { type CheckoutFacts, inspectCheckout } from './inspect-checkout.ts';
import { isAncestor } from './is-ancestor.ts';
import { listPaths } from './list-paths.ts';
import { readStatus } from './status.ts';

/** Why a checkout was left as it is. */
export type DeliveryRefusal = 'busy' | 'other-branch' | 'diverged' | 'overlap' | 'refused-by-git';

/** The checkout is at the new commit, or it was not touched at all: `files` are in the way. */
export type FastForwardOutcome =
  | { readonly kind: 'updated' }
  | {
      readonly kind: 'refused';
      readonly why: DeliveryRefusal;
      readonly reason: string;
      readonly files: readonly GitPath[];
    };

/** Where the checkout is to go. */
export interface FastForwardRequest {
  /** Short name of the branch that must be checked out. */
  readonly branch: string;
  /** Commit that must be in the repository already and continue the branch. */
  readonly to: Oid;
  /** The checkout as it was seen just now; absent: it is looked at first. */
  readonly seen?: CheckoutFacts;
}

/** Brings a person's checked-out branch forward. Nothing of theirs is overwritten: edits, untracked and ignored files all win. */
export async function fastForwardCheckout(
  checkout: Checkout,
  { branch, to, seen }: FastForwardRequest,
): Promise<FastForwardOutcome> {
  const facts = seen ?? (await inspectCheckout(checkout.git, checkout.workTree));
  if (facts === null) return refused('busy', 'The checkout is gone');
  if (facts.branch !== branch || facts.head === null)
    return refused(
      'other-branch',
      facts.branch === null ? 'No branch is checked out' : `The branch ${facts.branch} is checked out`,
    );
  if (facts.head === to) return { kind: 'updated' };
  const busy = busyWith(facts);
  if (busy !== null) return refused('busy', busy);
  const [continues, inTheWay] = await Promise.all([
    isAncestor(checkout, facts.head, to),
    findOverlap(checkout, { from: facts.head, to }),
  ]);
  if (!continues) return refused('diverged', `${branch} has commits that are not in the new one`);
  if (inTheWay.length > 0)
    return refused('overlap', 'Files with changes of your own would be overwritten', inTheWay);
  return merge(checkout, to);
}

function busyWith({ operation, isIndexLocked }: CheckoutFacts): string | null {
  if (operation !== null) return `A ${operation} is under way in the checkout`;
  return isIndexLocked
    ? 'Another git command is at work in the checkout, or left its index.lock behind'
    : null;
}

async function merge(checkout: Checkout, to: Oid): Promise<FastForwardOutcome> {
  const { exitCode, stderr } = await checkout.git.plumbing({
    purpose: `bring ${checkout.workTree} forward`,
    gitDir: checkout.gitDir,
    workTree: checkout.workTree,
    args: [
      'merge',
      '--ff-only',
      '--no-overwrite-ignore',
      '--no-autostash',
      '--no-verify-signatures',
      '--no-stat',
      '--quiet',
      '--end-of-options',
      to,
    ],
    environment: {
      GIT_COMMITTER_NAME: 'Thalogos',
      GIT_COMMITTER_EMAIL: 'thalogos@localhost',
      GIT_REFLOG_ACTION: 'thalogos save',
    },
    exitCodes: [0, 1, 128],
    writes: checkout.gitDir,
    timeout: 600_000,
  });
  if (exitCode === 0) return { kind: 'updated' };
  // Something changed between our look and git's own, or stands in the way that status does not show.
  return refused(
    'refused-by-git',
    stderr.trim(),
    [...stderr.matchAll(/^\t(.+)$/gm)].map((match) => match[1] ?? ''),
  );
}

async function findOverlap(checkout: Checkout, range: { from: Oid; to: Oid }): Promise<GitPath[]> {
  const [incoming, status] = await Promise.all([
    listPaths(checkout, range),
    readStatus(checkout, { withIgnored: true }),
  ]);
  const incomingPaths = new Set(incoming);
  const incomingFolders = new Set(incoming.flatMap(foldersOf));
  const overlaps = (path: GitPath) =>
    incomingPaths.has(path) ||
    incomingFolders.has(path) ||
    foldersOf(path).some((folder) => incomingPaths.has(folder));
  const own = status.flatMap(({ path, from }) => (from === null ? [path] : [path, from]));
  const files = own.filter((path) => !path.endsWith('/') && overlaps(path));
  const folders = own.filter((path) => path.endsWith('/'));
  const replaced = folders.filter((folder) =>
    [folder.slice(0, -1), ...foldersOf(folder)].some((path) => incomingPaths.has(path)),
  );
  const inFolders = await existing(
    checkout,
    incoming.filter((path) => folders.some((folder) => path.startsWith(folder))),
  );
  return [...new Set([...files, ...replaced, ...inFolders])];
}

/** Of paths inside folders that are ignored whole, those where something is. */
async function existing(checkout: Checkout, paths: readonly GitPath[]): Promise<GitPath[]> {
  const root = Buffer.from(`${checkout.workTree}/`);
  const found = await Promise.all(
    paths.map((path) =>
      lstat(Buffer.concat([root, gitPathBytes(path)])).then(
        () => true,
        (cause: unknown) => !isAbsent(cause),
      ),
    ),
  );
  return paths.filter((_, index) => found[index]);
}

function isAbsent(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}

function foldersOf(path: GitPath): GitPath[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

function refused(why: DeliveryRefusal, reason: string, files: readonly GitPath[] = []): FastForwardOutcome {
  return { kind: 'refused', why, reason, files };
}
