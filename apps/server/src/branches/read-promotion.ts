import type { Oid, PromoteInput } from '@thalogos/contracts';
import { isBranchName } from '../git/check-ref-format.ts';
import { fetchToPerson } from '../git/fetch-to-person.ts';
import type { Repository } from '../git/git.ts';
import { inspectRepository } from '../git/inspect-repository.ts';
import { isAncestor } from '../git/is-ancestor.ts';
import { listWorktrees } from '../git/list-worktrees.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import { verifySignature } from '../git/verify-signature.ts';
import { Refusal } from '../platform/refusal.ts';
import type { BranchesDeps, BranchPlace } from './branches-deps.ts';
import { previousOf, type PromotionFacts, ruleNames } from './promotion.ts';

/** A checkpoint whose tag is still the very object that was signed. */
interface SealedCheckpoint {
  readonly tag: string;
  readonly tagObject: Oid;
  readonly commit: Oid;
}

/** Everything that a promotion is decided and carried out with. */
export interface ReadPromotion {
  readonly project: string;
  readonly person: Repository;
  readonly checkpoint: SealedCheckpoint;
  readonly branch: string;
  readonly from: Oid | null;
  readonly facts: PromotionFacts;
}

/** Looks where a branch stands seen from a checkpoint, whose objects are brought to the person's repository for it. */
export async function readPromotion(
  deps: BranchesDeps,
  { project, tag, to }: PromoteInput,
): Promise<ReadPromotion> {
  const place = deps.projects.place(project);
  const checkpoint = await readSealed(deps, place, tag);
  const chain = await readChain(deps, place, to);
  const person: Repository = { git: deps.git, gitDir: place.person.gitDir };
  await bringObjects(place, person, checkpoint);
  deps.failpoint('promoting.fetched');
  const from = await resolveRef(person, `refs/heads/${to}`);
  const previous = previousOf(chain, to);
  const [at, isOnPrevious, checkout] = await Promise.all([
    standing(person, from, checkpoint.commit),
    holds(person, previous, checkpoint.commit),
    checkoutOf(person, to),
  ]);
  const facts = { tag, branch: to, chain, main: place.project.branch, at, isOnPrevious, checkout };
  return { project, person, checkpoint, branch: to, from, facts };
}

/** Only what is signed and unchanged goes on: an agent can make tags in the hub. */
async function readSealed(
  deps: BranchesDeps,
  { hub, project }: BranchPlace,
  tag: string,
): Promise<SealedCheckpoint> {
  const row = deps.timeline.find(project.id, tag);
  const { commit } = row?.entry ?? { commit: null };
  const tagObject = row?.tagObject ?? null;
  if (commit === null || tagObject === null)
    throw new Refusal('not-found', `There is no checkpoint ${tag}.`, {
      hint: 'See `thalogos timeline` for those there are.',
    });
  const found = await resolveRef(hub, `refs/tags/${tag}`, 'tag');
  const { allowedSigners } = await deps.keys.signing();
  const isGood =
    found === tagObject &&
    (await verifySignature(hub, { oid: tagObject, type: 'tag', allowedSigners })).kind === 'good';
  if (!isGood)
    throw new Refusal('refused', `Could not promote ${tag}: its tag is not the one that was signed.`, {
      hint: 'No branch was moved. See `thalogos verify`.',
    });
  return { tag, tagObject, commit };
}

async function readChain(
  deps: BranchesDeps,
  { project }: BranchPlace,
  to: string,
): Promise<readonly string[]> {
  const { config, problems } = await deps.projects.settingsAt(project.id, null);
  const [problem] = problems;
  if (problem !== undefined)
    throw new Refusal('bad-config', `${problem.file}:${problem.line}: ${problem.message}`, {
      hint: 'Mend the project file and commit it; no branch was moved.',
      details: { problems },
    });
  const chain = config.environments;
  const wrong = ruleNames({ branch: to, chain, main: project.branch });
  const fault = wrong ?? (await nameFault(deps, to));
  if (fault !== null)
    throw new Refusal('refused', `Could not promote to ${to}: ${fault.why}`, { hint: fault.fix });
  return chain;
}

async function nameFault({ git }: BranchesDeps, to: string): Promise<{ why: string; fix: string } | null> {
  if (await isBranchName(git, to)) return null;
  return { why: 'git allows no branch of that name.', fix: 'Mend `environments` in the project file.' };
}

/** The person may not have the checkpoint yet, where its delivery waits; their tags and branches stay as they are. */
async function bringObjects(
  { hub }: BranchPlace,
  person: Repository,
  { tag, commit }: SealedCheckpoint,
): Promise<void> {
  if ((await resolveRef(person, commit)) !== commit)
    await fetchToPerson(person, { hub, tags: [], from: `refs/tags/${tag}` });
  if ((await resolveRef(person, commit)) !== commit)
    throw new Error(`Could not bring ${tag} to ${person.gitDir}: its commit did not arrive`);
}

async function standing(person: Repository, from: Oid | null, to: Oid): Promise<PromotionFacts['at']> {
  if (from === null) return 'absent';
  if (from === to) return 'there';
  if (await isAncestor(person, from, to)) return 'before';
  return (await isAncestor(person, to, from)) ? 'past' : 'apart';
}

async function holds(person: Repository, branch: string | null, commit: Oid): Promise<boolean> {
  if (branch === null) return true;
  const head = await resolveRef(person, `refs/heads/${branch}`);
  return head !== null && (await isAncestor(person, commit, head));
}

/** A rebase holds its branch although HEAD is detached and git lists it as checked out nowhere. */
async function checkoutOf(person: Repository, branch: string): Promise<string | null> {
  const worktrees = (await listWorktrees(person)).filter((worktree) => !worktree.isBare);
  const user = worktrees.find((worktree) => worktree.branch === `refs/heads/${branch}`);
  if (user !== undefined) return user.path;
  for (const worktree of worktrees) {
    if (worktree.branch !== null) continue;
    const facts = await inspectRepository(person.git, worktree.path);
    if (facts.kind === 'repository' && facts.operation === 'rebase') return worktree.path;
  }
  return null;
}
