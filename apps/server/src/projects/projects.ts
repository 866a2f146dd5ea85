import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Oid } from '@thalogos/contracts';
import { Refusal } from '../platform/refusal.ts';
import { DEMONSTRATION_GOAL, DEMONSTRATION_STEPS } from './demonstration/demonstration-goal.ts';
import { makeDemonstration } from './demonstration/make-demonstration.ts';
import { followPerson, type Heads } from './follow-person.ts';
import { inspectFolder } from './inspect-folder.ts';
import {
  makePrepareWorktree,
  makeSetupInputs,
  type PrepareDeps,
  type SetupOrder,
  type WorktreeOrder,
  type WorktreeOutcome,
} from './prepare-worktree.ts';
import type { ProjectPlace } from './project-place.ts';
import { makeProjectStore, type ProjectStore, type StoredProject } from './project-store.ts';
import type { ProjectCalls, ProjectLook } from './projects.api.ts';
import { type CommitSettings, readSettings } from './read-settings.ts';
import { makeRegisterProject, type RegisterDeps } from './register-project.ts';
import { acceptTrust, isTrustedBy, type TrustDeps, trustOf } from './trust-project.ts';
import { trustContent } from './settings/trust-content.ts';
import { NO_PROJECT_FILE } from './settings/parse-project-file.ts';
import type { Db } from '../platform/database.ts';

/** What the repositories under Thalogos need of their surroundings; the data directory is a real path. */
export interface ProjectsDeps extends Omit<RegisterDeps, 'store'>, Omit<TrustDeps, 'store'>, PrepareDeps {
  readonly db: Db;
  /** The commit of a project's last checkpoint, null before the first. */
  readonly landed: (project: string) => Oid | null;
}

/** Everything other parts ask of projects, beside the calls from outside. */
export interface Projects extends ProjectCalls {
  /** Where everything of a project is; throws a refusal for one that is not there. */
  place(project: string): ProjectPlace;
  /** The settings at a commit of the hub; without one, at the newest of the hub's branch and the person's. */
  settingsAt(project: string, commit: Oid | null): Promise<CommitSettings>;
  /** Whether a person trusts what has this hash, or there is nothing to trust. */
  isTrusted(project: string, hash: string): boolean;
  /** Brings the person's branch into the hub and gives where it stands, and the newest of it and our last checkpoint. */
  refresh(project: string): Promise<{ readonly head: Oid | null; readonly newest: Oid | null }>;
  /** Notes, inside the caller's transaction or in one of its own, that the project's branch stands here now. */
  moved(project: string, head: Oid): void;
  prepareWorktree(order: WorktreeOrder): Promise<WorktreeOutcome>;
  /** The hash of what a worktree's setup reads at a commit; null where there is no setup. */
  setupInputs(order: SetupOrder): Promise<string | null>;
}

const NOTHING_TO_TRUST = trustContent(NO_PROJECT_FILE.config).hash;

/** Joins the parts of this folder. */
export function makeProjects(deps: ProjectsDeps): Projects {
  const store = makeProjectStore(deps.db);
  const registry = makeRegistry(deps, store);
  const { stored, place, moved, follow, settingsAt } = registry;
  const register = makeRegisterProject({ ...deps, store });
  const trusting = { ...deps, store };
  return {
    list: () => store.list().map(({ project }) => project),
    get: (id) => stored(id).project,
    look: (path) => look(deps, path),
    register: async (path, actor) => {
      const project = await register({ path, actor });
      await follow(project.id);
      return stored(project.id).project;
    },
    settings: (id) => settingsAt(id, null),
    trust: async (id) => trustOf(stored(id), await settingsAt(id, null)),
    acceptTrust: async ({ project, hash }, actor) => {
      const settings = await settingsAt(project, null);
      return acceptTrust(trusting, { stored: stored(project), settings, hash, actor });
    },
    demonstrate: async (actor) => {
      const path = await ensureDemonstration(deps);
      const { id } = await register({ path, actor, isDemonstration: true });
      const settings = await settingsAt(id, null);
      acceptTrust(trusting, { stored: stored(id), settings, hash: settings.hash, actor });
      return { project: stored(id).project, goal: DEMONSTRATION_GOAL, steps: DEMONSTRATION_STEPS };
    },
    place,
    settingsAt,
    isTrusted: (id, hash) => hash === NOTHING_TO_TRUST || isTrustedBy(stored(id), hash),
    refresh: async (id) => {
      const { person, newest } = await follow(id);
      return { head: person, newest };
    },
    moved,
    prepareWorktree: makePrepareWorktree(deps),
    setupInputs: makeSetupInputs(deps),
  };
}

/** What the calls above share: where a project is, and where it stands. */
function makeRegistry({ git, recorder, dataDirectory, landed }: ProjectsDeps, store: ProjectStore) {
  const stored = (id: string): StoredProject => {
    const found = store.get(id);
    if (found === null) throw new Refusal('not-found', `There is no project ${id}`);
    return found;
  };
  const place = (id: string): ProjectPlace => {
    const { project, person } = stored(id);
    const directory = join(dataDirectory, 'projects', id);
    return { project, person, directory, hub: { git, gitDir: join(directory, 'hub.git') } };
  };
  const moved = (id: string, head: Oid) => {
    const before = stored(id);
    if (before.project.head === head) return;
    recorder.transact(() => {
      store.put({ ...before, project: { ...before.project, head } });
      recorder.record({
        type: 'project.moved',
        project: id,
        session: null,
        task: null,
        by: 'orchestrator',
        data: { head },
      });
    });
  };
  const follow = async (id: string): Promise<Heads> => {
    const heads = await followPerson(git, place(id), landed(id));
    if (heads.newest !== null) moved(id, heads.newest);
    return heads;
  };
  const settingsAt = async (id: string, commit: Oid | null): Promise<CommitSettings> => {
    const at = commit ?? (await follow(id)).newest;
    if (at === null)
      throw new Refusal('unusable-repository', `Project ${stored(id).project.name} has lost its branch`);
    return readSettings(place(id).hub, at);
  };
  return { stored, place, moved, follow, settingsAt };
}

async function look({ git, dataDirectory }: ProjectsDeps, path: string): Promise<ProjectLook> {
  const inspection = await inspectFolder({ git, dataDirectory, path });
  if (inspection.kind === 'unusable') {
    const { why, fix } = inspection;
    return {
      path: inspection.path,
      branch: null,
      head: null,
      usable: false,
      remarks: [`${why}.`, fix],
      hasConfig: false,
    };
  }
  const { repository, remarks } = inspection;
  const settings = await readSettings({ git, gitDir: repository.gitDir }, repository.head);
  const { branch, head } = repository;
  return { path: repository.path, branch, head, usable: true, remarks, hasConfig: settings.file !== null };
}

/** Makes the sample where it is not there yet, and gives its folder. */
async function ensureDemonstration({ git, dataDirectory }: ProjectsDeps): Promise<string> {
  const folder = join(dataDirectory, 'demonstration');
  const path = join(folder, 'fare-shop');
  await git.exclusively(`demonstration ${path}`, async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (!isThere) await makeDemonstration(git, path);
  });
  return path;
}
