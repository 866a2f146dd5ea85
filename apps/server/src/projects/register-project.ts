import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Project } from '@thalogos/contracts';
import type { Actor } from '../access/role.ts';
import { createHub } from '../git/create-hub.ts';
import type { Git } from '../git/git.ts';
import type { Clock } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { Recorder } from '../platform/recorder.ts';
import { Refusal } from '../platform/refusal.ts';
import type { FoundRepository, Unusable } from './inspection.ts';
import { inspectFolder } from './inspect-folder.ts';
import type { ProjectStore } from './project-store.ts';

/** What registering needs of its surroundings; the data directory is a real path. */
export interface RegisterDeps {
  readonly git: Git;
  readonly store: ProjectStore;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly dataDirectory: string;
}

/** Which folder is registered, by whom. */
export interface Registration {
  readonly path: string;
  readonly actor: Actor;
  readonly isDemonstration?: boolean;
}

/** Takes a repository under Thalogos: once for each, whatever path inside it is named; throws a refusal with its reason. */
export function makeRegisterProject(deps: RegisterDeps) {
  const { git, store, dataDirectory } = deps;
  return async (registration: Registration): Promise<Project> => {
    const inspection = await inspectFolder({ git, dataDirectory, path: registration.path });
    if (inspection.kind === 'unusable') throw toRefusal(inspection);
    const found = inspection.repository;
    return git.exclusively(`register ${found.path}`, async () => {
      const known = store.byPath(found.path);
      return known === null ? create(deps, found, registration) : known.project;
    });
  };
}

async function create(
  deps: RegisterDeps,
  found: FoundRepository,
  { actor, isDemonstration = false }: Registration,
): Promise<Project> {
  const id = newId('p');
  const directory = join(deps.dataDirectory, 'projects', id);
  try {
    await mkdir(join(directory, 'worktrees'), { recursive: true, mode: 0o700 });
    const made = await createHub(deps.git, {
      source: found.path,
      hubDir: join(directory, 'hub.git'),
      branch: found.branch,
    });
    if (made.kind === 'refused')
      throw new Refusal('unusable-repository', made.reason, {
        hint: made.fix,
        details: { path: found.path },
      });
  } catch (cause) {
    await rm(directory, { recursive: true, force: true });
    if (cause instanceof Refusal) throw cause;
    throw new Error(`Could not copy the repository at ${found.path}`, { cause });
  }
  const project: Project = {
    id,
    name: basename(found.path).replace(/(?<=.)\.git$/, '') || found.path,
    path: found.path,
    branch: found.branch,
    head: found.head,
    registeredAt: deps.clock.now(),
    isDemonstration,
  };
  deps.recorder.transact(() => {
    deps.store.put({ project, person: { gitDir: found.gitDir, workTree: found.workTree }, trusted: [] });
    deps.recorder.record({
      type: 'project.registered',
      project: id,
      session: null,
      task: null,
      by: actor.name,
      data: { project },
    });
  });
  return project;
}

function toRefusal({ code, path, why, fix }: Unusable): Refusal {
  return new Refusal(code, why, { hint: fix, details: { path } });
}
