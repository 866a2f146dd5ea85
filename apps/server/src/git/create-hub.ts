import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Oid } from '@thalogos/contracts';
import { writeCommitGraph } from './commit-graph.ts';
import type { Git, Repository } from './git.ts';
import { inspectRepository, type RepositoryFacts } from './inspect-repository.ts';
import { listRefs } from './list-refs.ts';
import { keepConfig } from './own-config.ts';
import { resolveRef } from './resolve-ref.ts';

/** Where a hub comes from and goes to. */
export interface HubRequest {
  /** Any directory of the person's repository. */
  readonly source: string;
  /** The hub's own directory, `…/hub.git`; it must not be there yet. */
  readonly hubDir: string;
  /** Short name of the branch that Thalogos works on. */
  readonly branch: string;
}

/** Why a repository can't have a hub. */
export type HubRefusal =
  | 'not-a-repository'
  | 'shallow'
  | 'partial'
  | 'large-file-storage'
  | 'sha256'
  | 'no-such-branch';

/** The new hub (`head` is null when the branch has no commit yet), or why there is none and what helps. */
export type CreateHubOutcome =
  | {
      readonly kind: 'created';
      readonly hub: Repository;
      readonly head: Oid | null;
      readonly source: RepositoryFacts;
    }
  | { readonly kind: 'refused'; readonly why: HubRefusal; readonly reason: string; readonly fix: string };

/** A branch that is never made: transactions then have no HEAD to lock, and nothing is ever checked out here. */
const NO_HEAD = 'refs/heads/thalogos/never';

/** Makes the orchestrator's own bare repository from a person's, complete in itself; a half-made one is never left under its name. */
export async function createHub(git: Git, { source, hubDir, branch }: HubRequest): Promise<CreateHubOutcome> {
  const facts = await inspectRepository(git, source);
  if (facts.kind === 'not-a-repository')
    return {
      kind: 'refused',
      why: facts.kind,
      reason: `${source} is not in a git repository`,
      fix: 'Run `git init` there first.',
    };
  const person: Repository = { git, gitDir: facts.commonDir };
  const tip = await resolveRef(person, `refs/heads/${branch}`);
  const refusal = refusalOf(facts, { branch, hasBranch: tip !== null });
  if (refusal !== null) return { kind: 'refused', ...refusal };
  const making = `${hubDir}.making`;
  await rm(making, { recursive: true, force: true });
  await mkdir(dirname(hubDir), { recursive: true });
  const half: Repository = { git, gitDir: making };
  if (tip === null)
    await git.plumbing({ purpose: 'make an empty hub', args: ['init', '--quiet', '--bare', '--', making] });
  else await copy(half, { person, branch, hasAlternates: facts.hasAlternates });
  await git.plumbing({
    purpose: 'take HEAD out of the way',
    gitDir: making,
    args: ['symbolic-ref', 'HEAD', NO_HEAD],
  });
  if (tip !== null) await writeCommitGraph(half);
  await rename(making, hubDir);
  await keepConfig(hubDir);
  return { kind: 'created', hub: { git, gitDir: hubDir }, head: tip, source: facts };
}

async function copy(
  half: Repository,
  { person, branch, hasAlternates }: { person: Repository; branch: string; hasAlternates: boolean },
): Promise<void> {
  // Linked to another store, the person's own clean-up there could take away what we need: then everything is packed anew.
  // Said outright, `--local` would insist on hard links, which no two disks can share; left out, git copies there.
  const transport = hasAlternates ? ['--no-local'] : [];
  await half.git.run({
    purpose: 'make the hub',
    command: 'clone',
    args: [
      '--quiet',
      '--bare',
      ...transport,
      '--no-tags',
      '--single-branch',
      '--branch',
      branch,
      '--',
      person.gitDir,
      half.gitDir,
    ],
    timeout: 3_600_000,
  });
  if ((await listRefs(person, 'refs/tags/checkpoint/')).length > 0) {
    await half.git.run({
      purpose: 'fetch earlier checkpoints',
      command: 'fetch',
      gitDir: half.gitDir,
      args: [
        '--quiet',
        '--no-tags',
        '--no-write-fetch-head',
        '--',
        person.gitDir,
        'refs/tags/checkpoint/*:refs/tags/checkpoint/*',
      ],
      writes: half.gitDir,
    });
  }
  await half.git.plumbing({
    purpose: 'forget where the hub came from',
    gitDir: half.gitDir,
    args: ['config', '--remove-section', 'remote.origin'],
    writes: half.gitDir,
  });
}

type Refusal = Omit<Extract<CreateHubOutcome, { kind: 'refused' }>, 'kind'>;

function refusalOf(
  facts: RepositoryFacts,
  { branch, hasBranch }: { branch: string; hasBranch: boolean },
): Refusal | null {
  if (facts.format === 'sha256')
    return {
      why: 'sha256',
      reason: 'The repository names its objects by sha256',
      fix: 'Only sha1 repositories are supported.',
    };
  if (facts.isShallow)
    return {
      why: 'shallow',
      reason: 'The repository has only a part of its history',
      fix: 'Run `git fetch --unshallow` first.',
    };
  if (facts.isPartial)
    return {
      why: 'partial',
      reason: 'The repository was cloned without all of its files',
      fix: 'Clone it again without `--filter`.',
    };
  if (facts.usesLfs)
    return {
      why: 'large-file-storage',
      reason: 'The repository keeps files in Git LFS',
      fix: 'Git LFS is not supported yet.',
    };
  if (!hasBranch && facts.branch !== branch)
    return {
      why: 'no-such-branch',
      reason: `There is no branch ${branch}`,
      fix: 'Name a branch that exists.',
    };
  return null;
}
