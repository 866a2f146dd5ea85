import { access } from 'node:fs/promises';
import type { Oid } from '@thalogos/contracts';
import type { Git } from '../git/git.ts';
import { fetchIntoHub } from '../git/fetch-into-hub.ts';
import { isAncestor } from '../git/is-ancestor.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import { Refusal } from '../platform/refusal.ts';
import type { ProjectPlace } from './project-place.ts';

/** Where a project stands: its person's branch, and the newest of that and the hub's own. */
export interface Heads {
  /** Null when the person has no such branch any more. */
  readonly person: Oid | null;
  readonly newest: Oid | null;
}

/**
 * Brings the person's branch into the hub; the hub's own branch and everything of the person stay as they are.
 *
 * What counts as our own is the last checkpoint on record (`landed`), not the hub's ref: an agent that
 * commits to main in its worktree moves that.
 */
export async function followPerson(git: Git, place: ProjectPlace, landed: Oid | null): Promise<Heads> {
  const { hub, person, project } = place;
  await assertThere(place);
  const outcome = await fetchIntoHub(hub, { git, gitDir: person.gitDir }, project.branch);
  const fetched = outcome.kind === 'fetched' ? outcome.oid : null;
  return { person: fetched, newest: await newestOf(place, fetched, landed) };
}

async function newestOf(
  { hub, project }: ProjectPlace,
  person: Oid | null,
  landed: Oid | null,
): Promise<Oid | null> {
  if (landed === null) return person ?? (await resolveRef(hub, `refs/heads/${project.branch}`));
  return person !== null && (await isAncestor(hub, landed, person)) ? person : landed;
}

async function assertThere({ person, project }: ProjectPlace): Promise<void> {
  try {
    await access(person.gitDir);
  } catch (cause) {
    throw new Refusal(
      'unusable-repository',
      `The repository of project ${project.name} is not at ${project.path} any more`,
      {
        hint: 'Put it back where it was, or register it at its new place.',
        cause,
      },
    );
  }
}
