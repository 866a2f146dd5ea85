import type { Oid } from '@thalogos/contracts';
import { listWorktrees } from './list-worktrees.ts';
import type { Repository } from './git.ts';
import { resolveRef } from './resolve-ref.ts';
import { updateRefs } from './update-refs.ts';

/** What goes from the hub to a person's repository. */
export interface PersonFetch {
  readonly hub: Repository;
  /** Full names of the tags to bring; none that exists is changed. */
  readonly tags: readonly string[];
  /** Full name of the hub's ref whose objects are brought, `refs/heads/main`. */
  readonly from: string;
}

/** Everything is there, or some tags are not because the person has others of the same name. */
export type PersonFetchOutcome =
  | { readonly kind: 'fetched' }
  | { readonly kind: 'tags-taken'; readonly tags: readonly string[] };

/** Brings objects and checkpoint tags into a person's repository; none of their branches moves. */
export async function fetchToPerson(
  person: Repository,
  { hub, tags, from }: PersonFetch,
): Promise<PersonFetchOutcome> {
  const states = await Promise.all(
    tags.map(async (tag) => ({
      tag,
      theirs: await resolveRef(person, tag, 'object'),
      ours: await resolveRef(hub, tag, 'object'),
    })),
  );
  const missing = states.filter(({ theirs }) => theirs === null).map(({ tag }) => `${tag}:${tag}`);
  await person.git.run({
    purpose: 'bring a checkpoint to your repository',
    command: 'fetch',
    gitDir: person.gitDir,
    args: [
      '--quiet',
      '--no-tags',
      '--no-write-fetch-head',
      '--no-recurse-submodules',
      '--no-auto-maintenance',
      '--',
      hub.gitDir,
      from,
      ...missing,
    ],
    writes: person.gitDir,
  });
  const taken = states.filter(({ theirs, ours }) => theirs !== null && theirs !== ours).map(({ tag }) => tag);
  return taken.length === 0 ? { kind: 'fetched' } : { kind: 'tags-taken', tags: taken };
}

/** A move of a person's branch, by its short name. */
export interface PersonMove {
  readonly branch: string;
  readonly from: Oid;
  readonly to: Oid;
}

/** The branch moved, or it could not: somebody moved it, or it is checked out there and wants `fastForwardCheckout`. */
export type PersonMoveOutcome =
  | { readonly kind: 'updated' }
  | { readonly kind: 'moved'; readonly at: Oid | null }
  | { readonly kind: 'checked-out'; readonly path: string };

/** Moves a person's branch that is checked out nowhere; moving a checked-out one would look like a reversal of everything. */
export async function movePersonBranch(
  person: Repository,
  { branch, from, to }: PersonMove,
): Promise<PersonMoveOutcome> {
  const ref = `refs/heads/${branch}`;
  const user = (await listWorktrees(person)).find((worktree) => worktree.branch === ref && !worktree.isBare);
  if (user !== undefined) return { kind: 'checked-out', path: user.path };
  const outcome = await updateRefs(person, [{ ref, from, to }], 'thalogos save');
  if (outcome.kind === 'updated') return outcome;
  const at = await resolveRef(person, ref);
  return at === to ? { kind: 'updated' } : { kind: 'moved', at };
}
