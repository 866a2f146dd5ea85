import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Project, ProjectConfig } from '@thalogos/contracts';
import { SqliteEventLog } from '@thalogos/smalltalk';
import { makeAudit } from '../../../apps/server/src/access/audit.ts';
import { createHub } from '../../../apps/server/src/git/create-hub.ts';
import { fetchIntoHub } from '../../../apps/server/src/git/fetch-into-hub.ts';
import type { Git } from '../../../apps/server/src/git/git.ts';
import { startGitHelper } from '../../../apps/server/src/git/helper.ts';
import { systemClock } from '../../../apps/server/src/platform/clock.ts';
import { openDatabase } from '../../../apps/server/src/platform/database.ts';
import { MIGRATIONS } from '../../../apps/server/src/platform/migrations/migrations.ts';
import { allowedEnvironment, startProcess } from '../../../apps/server/src/platform/process.ts';
import { makeRecorder } from '../../../apps/server/src/platform/recorder.ts';
import type { ProjectPlace, SaveProjects, SavesDeps } from '../../../apps/server/src/saves/save-deps.ts';
import { makeSaves, type Saves } from '../../../apps/server/src/saves/saves.ts';
import { makeSigningKeys } from '../../../apps/server/src/saves/signing-keys.ts';
import { makeTimelineBook } from '../../../apps/server/src/timeline/timeline-book.ts';
import type { WorkloadRepository } from '../workloads/repository.ts';
import { makeBenchTasks } from './bench-tasks.ts';
import { runGit } from './run-git.ts';

/** The one project of a world. */
export const PROJECT = 'p-bench';
const PERSON = { name: 'bench', role: 'operator' } as const;

/** What a world is opened on. */
export interface WorldOptions {
  readonly scratch: string;
  readonly source: WorkloadRepository;
  /** Whether the person has files checked out, which a delivery then brings forward. */
  readonly person: 'checkout' | 'bare';
  /** The environment that git is started in; the bench's own when absent. */
  readonly hostEnvironment?: Readonly<Record<string, string | undefined>>;
}

/** A project with its hub, its tasks and its Saves, as the server composes them: real git, real SQLite, real signatures. */
export async function openWorld({ scratch, source, person, hostEnvironment = process.env }: WorldOptions) {
  const dataDirectory = join(scratch, 'data');
  await mkdir(dataDirectory, { recursive: true });
  const instance = `bench-${randomUUID()}`;
  const git = await startGitHelper({ dataDirectory, instance, hostEnvironment });
  const place = await makePlace({ git, scratch, source, person });
  const db = openDatabase({
    file: join(dataDirectory, 'thalogos.db'),
    durability: 'FULL',
    migrations: MIGRATIONS,
  });
  db.prepare('INSERT INTO projects (id, path, record) VALUES (?, ?, ?)').run(
    PROJECT,
    place.project.path,
    '{}',
  );
  const log = new SqliteEventLog({ database: db });
  const tasks = await makeBenchTasks(place, source.spec.branches);
  const keys = makeSigningKeys({ git, dataDirectory });
  const faults: object[] = [];
  const saves = makeSaves({
    ...{ db, git, keys, instance, clock: systemClock, projects: makeProjects(git, place), tasks: tasks.port },
    recorder: makeRecorder({ db, log, clock: systemClock, redactText: (text) => text }),
    audit: makeAudit({ db, clock: systemClock }),
    timeline: makeTimelineBook(db),
    version: '0.0.0',
    environment: allowedEnvironment(process.env),
    startCheck: startProcess,
    askOutside: () => Promise.resolve({ kind: 'not-asked' }),
    conflicts: NOBODY_SETTLED,
    gatePaths: () => [],
    redactText: (text) => text,
    failpoint: () => undefined,
    logger: { info: () => undefined, error: (facts) => faults.push(facts) },
  });
  const settle = (id: string) => settled(saves, id, faults);
  return {
    ...{ git, place, keys, tasks },
    /** Saves these tasks and gives the checkpoint; throws when it did not land. */
    save: async (only: readonly string[]) =>
      settle((await saves.save({ project: PROJECT, only: [...only] }, PERSON)).id),
    restore: async (tag: string) => settle((await saves.rollback({ project: PROJECT, tag }, PERSON)).id),
    async close() {
      await saves.close();
      await git.close();
      db.close();
    },
  };
}

/** No branch of these workloads meets another, so nobody was ever asked. */
const NOBODY_SETTLED: SavesDeps['conflicts'] = {
  settler: () => ({ settle: () => Promise.resolve(null), key: '' }),
  takenBack: () => [],
  keep: () => Promise.reject(new Error('These branches do not conflict')),
};

/** An open world. */
export type World = Awaited<ReturnType<typeof openWorld>>;

async function settled(
  saves: Saves,
  id: string,
  faults: readonly object[],
): Promise<{ tag: string; commit: string }> {
  await saves.settled(PROJECT);
  const { outcome } = saves.get(id);
  if (outcome?.kind !== 'saved' || outcome.checkpoint === null)
    throw new Error(`The Save did not land: ${JSON.stringify({ outcome, faults })}`);
  return outcome.checkpoint;
}

interface PlaceOptions extends Pick<WorldOptions, 'scratch' | 'source' | 'person'> {
  readonly git: Git;
}

async function makePlace({ git, scratch, source, person }: PlaceOptions): Promise<ProjectPlace> {
  const path = join(scratch, 'person');
  await runGit(
    scratch,
    ...[
      'clone',
      '--quiet',
      '--single-branch',
      '--branch',
      'main',
      ...(person === 'bare' ? ['--bare'] : []),
      source.gitDir,
      path,
    ],
  );
  const directory = join(scratch, 'data', 'projects', PROJECT);
  const gitDir = join(directory, 'hub.git');
  const made = await createHub(git, { source: path, hubDir: gitDir, branch: 'main' });
  if (made.kind !== 'created') throw new Error(made.reason);
  await runGit(
    gitDir,
    'fetch',
    '--quiet',
    source.gitDir,
    'refs/heads/task/*:refs/heads/session/s-bench/task/*',
    'refs/heads/clash:refs/heads/clash',
  );
  await runGit(gitDir, 'commit-graph', 'write', '--reachable');
  const project: Project = {
    ...{ id: PROJECT, name: 'bench', path, branch: 'main', head: null },
    ...{ registeredAt: 0, isDemonstration: false },
  };
  const own =
    person === 'bare' ? { gitDir: path, workTree: null } : { gitDir: join(path, '.git'), workTree: path };
  return { project, hub: { git, gitDir }, person: own, directory };
}

function makeProjects(git: Git, place: ProjectPlace): SaveProjects {
  return {
    ids: () => [PROJECT],
    place: () => place,
    settingsAt: async () => ({ config: ProjectConfig.parse({}), problems: [], file: null, hash: '' }),
    isTrusted: () => true,
    refresh: async () => {
      const fetched = await fetchIntoHub(place.hub, { git, gitDir: place.person.gitDir }, 'main');
      return { head: fetched.kind === 'fetched' ? fetched.oid : null };
    },
    moved: () => undefined,
    prepareWorktree: async () => ({ kind: 'ready' }),
  };
}
