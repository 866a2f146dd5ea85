import { isAncestor } from '../git/is-ancestor.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import type { Base } from './save.ts';
import type { ProjectPlace, SaveProjects } from './save-deps.ts';

/** The full name of the branch that a project's checkpoints go to. */
export function mainRef(place: ProjectPlace): string {
  return `refs/heads/${place.project.branch}`;
}

/** Reads where `main` stands in the hub and at the person, and which of the two a Save builds on. */
export async function readBase(projects: SaveProjects, project: string): Promise<Base> {
  const place = projects.place(project);
  const { head: person } = await projects.refresh(project);
  const hub = await resolveRef(place.hub, mainRef(place));
  if (hub === null) throw new Error(`Could not read ${mainRef(place)} in the hub of ${project}`);
  if (person === null || person === hub) return { hub, person, commit: hub, diverged: null };
  if (await isAncestor(place.hub, hub, person)) return { hub, person, commit: person, diverged: null };
  // The person has not received the last checkpoint yet: delivery waits, nothing has grown apart.
  if (await isAncestor(place.hub, person, hub)) return { hub, person, commit: hub, diverged: null };
  return { hub, person, commit: hub, diverged: person };
}
