import type { Oid } from '@thalogos/contracts';
import { isAncestor } from '../git/is-ancestor.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import { type RefMove, updateRefs } from '../git/update-refs.ts';
import { mainRef, readBase } from './read-base.ts';
import type { Base } from './save.ts';
import type { SaveContext } from './save-context.ts';
import type { ProjectPlace } from './save-deps.ts';

/**
 * Reads the base of a Save that has not landed, after `main` in the hub is put back where something else moved it:
 * an agent that commits to main in its worktree must not land what nobody approved.
 */
export async function readOwnBase(context: SaveContext, project: string): Promise<Base> {
  const base = await readBase(context.projects, project);
  const place = context.projects.place(project);
  const own = await ownMain(context, place, base);
  if (own === base.hub) return base;
  await putBack(place, base.hub, own);
  context.logger.error(
    { project, found: base.hub, own },
    'Something else had moved main in the hub; it was put back',
  );
  return readBase(context.projects, project);
}

/** Where the hub's `main` belongs: at the last checkpoint on record; before the first it follows the person, and may be behind. */
async function ownMain(
  { timeline }: SaveContext,
  { hub, project }: ProjectPlace,
  { hub: found, person }: Base,
): Promise<Oid> {
  const landed = timeline.last(project.id)?.entry.commit ?? null;
  if (landed !== null) return landed;
  return person === null || (await isAncestor(hub, found, person)) ? found : person;
}

/** What `main` was moved to stays under `refs/thalogos/stray`: somebody may have work there. */
async function putBack(place: ProjectPlace, found: Oid, own: Oid): Promise<void> {
  const { hub } = place;
  const stray = `refs/thalogos/stray/main/${found.slice(0, 12)}`;
  const isKept = (await resolveRef(hub, stray)) !== null;
  const keep: RefMove[] = isKept ? [] : [{ ref: stray, from: null, to: found }];
  await updateRefs(
    hub,
    [...keep, { ref: mainRef(place), from: found, to: own }],
    'main put back where the last Save left it',
  );
}
