import type { Delivery, Oid } from '@thalogos/contracts';
import { type FastForwardOutcome, fastForwardCheckout } from '../git/fast-forward-checkout.ts';
import { fetchToPerson, movePersonBranch, type PersonFetchOutcome } from '../git/fetch-to-person.ts';
import type { Repository } from '../git/git.ts';
import { hasBegun } from '../git/finish-fast-forward.ts';
import { inspectCheckout } from '../git/inspect-checkout.ts';
import { isAncestor } from '../git/is-ancestor.ts';
import { listRefs } from '../git/list-refs.ts';
import { listWorktrees } from '../git/list-worktrees.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import { mainRef } from './read-base.ts';
import type { SaveContext } from './save-context.ts';
import type { ProjectPlace } from './save-deps.ts';

/** Brings the hub's `main` and its tags to the person. Their own commits, edits and files always win. */
export async function deliverMain(context: SaveContext, place: ProjectPlace, to: Oid): Promise<Delivery> {
  const person: Repository = { git: context.git, gitDir: place.person.gitDir };
  const fetched = await bringObjects(context, place, person);
  context.failpoint('delivering.fetched');
  const delivery = await bringMain(context, place, { person, to });
  return fetched.kind === 'fetched'
    ? delivery
    : { ...delivery, reason: `${delivery.reason} ${sayTaken(fetched.tags)}` };
}

function sayTaken(tags: readonly string[]): string {
  const names = tags.map((name) => name.slice('refs/tags/'.length)).join(', ');
  return `You have another tag of the name ${names}; it was left as it is.`;
}

async function bringMain(
  context: SaveContext,
  place: ProjectPlace,
  { person, to }: { person: Repository; to: Oid },
): Promise<Delivery> {
  const ref = mainRef(place);
  const { branch } = place.project;
  const from = await resolveRef(person, ref);
  if (from === null) return waiting(`Your repository has no branch ${branch} any more.`);
  if (from === to) return updated;
  const [isThere, continues, checkout] = await Promise.all([
    isAncestor(person, to, from),
    isAncestor(person, from, to),
    findCheckout(person, ref),
  ]);
  if (isThere) return updated;
  if (!continues) return diverged(branch);
  switch (checkout.kind) {
    case 'busy':
      return waiting(checkout.reason);
    case 'nowhere':
      return moveBranch(context, place, { branch, from, to });
    case 'checked-out':
      return bringForward(context, place, { path: checkout.path, branch, from, to });
  }
}

/** Only tags that the timeline knows as they are: an agent can make others in the hub. */
async function bringObjects(
  { timeline }: SaveContext,
  { hub, project }: ProjectPlace,
  person: Repository,
): Promise<PersonFetchOutcome> {
  const known = new Map(
    (await listRefs(person, 'refs/tags/checkpoint/')).map(({ name, oid }) => [name, oid]),
  );
  const sealed = timeline
    .landed(project.id)
    .map(({ entry, tagObject }) => ({ name: `refs/tags/${entry.tag ?? ''}`, tagObject }))
    .filter(({ name, tagObject }) => tagObject !== null && known.get(name) !== tagObject);
  const ours = await Promise.all(sealed.map(({ name }) => resolveRef(hub, name, 'object')));
  const tags = sealed.filter(({ tagObject }, at) => ours[at] === tagObject).map(({ name }) => name);
  return fetchToPerson(person, { hub, tags, from: `refs/heads/${project.branch}` });
}

type Checkout =
  | { readonly kind: 'nowhere' }
  | { readonly kind: 'checked-out'; readonly path: string }
  | { readonly kind: 'busy'; readonly reason: string };

/** Where the branch is checked out. A rebase holds its branch although HEAD is detached, so the branch must not move then. */
async function findCheckout(person: Repository, ref: string): Promise<Checkout> {
  const worktrees = (await listWorktrees(person)).filter((worktree) => !worktree.isBare);
  const user = worktrees.find((worktree) => worktree.branch === ref);
  if (user !== undefined) return { kind: 'checked-out', path: user.path };
  for (const { path, branch } of worktrees) {
    const operation = branch === null ? (await inspectCheckout(person.git, path))?.operation : null;
    if (operation) return { kind: 'busy', reason: `A ${operation} is under way in your checkout.` };
  }
  return { kind: 'nowhere' };
}

interface Move {
  readonly branch: string;
  readonly from: Oid;
  readonly to: Oid;
}

async function moveBranch(context: SaveContext, place: ProjectPlace, move: Move): Promise<Delivery> {
  const { gitDir } = place.person;
  context.touched.put(place.project.id, { workTree: null, gitDir, ...move, at: context.clock.now() });
  const outcome = await movePersonBranch({ git: context.git, gitDir }, move);
  context.touched.remove(place.project.id);
  switch (outcome.kind) {
    case 'updated':
      return updated;
    case 'moved':
      return diverged(move.branch);
    case 'checked-out':
      return waiting(`${move.branch} was checked out at ${outcome.path} meanwhile.`);
  }
}

async function bringForward(
  context: SaveContext,
  { project }: ProjectPlace,
  move: Move & { path: string },
): Promise<Delivery> {
  const { branch, from, to } = move;
  const facts = await inspectCheckout(context.git, move.path);
  if (facts === null || facts.workTree === null) return waiting(`Your checkout at ${move.path} is gone.`);
  if (facts.isIndexLocked)
    return waiting('Another git command is at work in your checkout, or left its index.lock behind.');
  const { workTree, gitDir } = facts;
  context.touched.put(project.id, { workTree, gitDir, branch, from, to, at: context.clock.now() });
  const checkout = { git: context.git, gitDir, workTree };
  const outcome = await fastForwardCheckout(checkout, { branch, to, seen: facts });
  context.failpoint('delivering.checkout');
  // A disk that is full, or a filter that fails: what git had begun by then stays noted, and is finished first the next time.
  const isHalfDone = outcome.kind === 'refused' && (await hasBegun(checkout, { from, to }));
  if (!isHalfDone) context.touched.remove(project.id);
  return fromOutcome(outcome, branch, isHalfDone);
}

function fromOutcome(outcome: FastForwardOutcome, branch: string, isHalfDone: boolean): Delivery {
  if (outcome.kind === 'updated') return updated;
  if (isHalfDone)
    return waiting(`${outcome.reason}. What was begun in your checkout is finished when you try again.`);
  return outcome.why === 'diverged' ? diverged(branch) : waiting(`${outcome.reason}.`, outcome.files);
}

const updated: Delivery = { state: 'updated', files: [], reason: 'Your checkout has it.' };

/** The delivery that has to wait, why, and for which files. */
export function waiting(reason: string, files: readonly string[] = []): Delivery {
  return { state: 'waiting', files: [...files], reason };
}

function diverged(branch: string): Delivery {
  return {
    state: 'diverged',
    files: [],
    reason: `${branch} has commits of your own beside it; the next Save joins them.`,
  };
}
