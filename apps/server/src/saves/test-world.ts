import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Project, ProjectConfig, type SaveOutcome } from '@thalogos/contracts';
import { SqliteEventLog } from '@thalogos/smalltalk';
import { runTestGit } from '@thalogos/testkit';
import { makeAudit } from '../access/audit.ts';
import { makeConflictStore } from '../conflicts/conflict-store.ts';
import { makeConflicts } from '../conflicts/conflicts.ts';
import { addWorktree } from '../git/add-worktree.ts';
import { createHub } from '../git/create-hub.ts';
import { fetchIntoHub } from '../git/fetch-into-hub.ts';
import type { Git } from '../git/git.ts';
import { startGitHelper } from '../git/helper.ts';
import { inspectRepository } from '../git/inspect-repository.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import { openDatabase } from '../platform/database.ts';
import { MIGRATIONS } from '../platform/migrations/migrations.ts';
import { allowedEnvironment, startProcess } from '../platform/process.ts';
import { makeRecorder } from '../platform/recorder.ts';
import { makeTimelineBook } from '../timeline/timeline-book.ts';
import { makeTimeline } from '../timeline/timeline.ts';
import { type Failpoint, unarmed } from './failpoints.ts';
import type { AskOutside } from './outside-checks.ts';
import type { Preparation, PrepareRequest, ProjectPlace, SaveProjects } from './save-deps.ts';
import { makeSaves, type Saves } from './saves.ts';
import { makeSigningKeys } from './signing-keys.ts';
import { makeTestTasks } from './test-tasks.ts';

/** What a world is made of; kept in a file so that another process can open the same one. */
export interface WorldSettings {
  readonly repository: string;
  readonly config: ProjectConfig;
  readonly trusted: boolean;
  readonly problem: string | null;
}

/** A project whose settings come from the test instead of from a file, everything else real. */
export const PROJECT = 'p-test';
export const PERSON = { name: 'ada', role: 'operator' } as const;

/** Opens (or makes) a world in a data directory: real git, real SQLite, real processes. */
export async function openWorld({
  dataDirectory,
  settings,
  failpoint = unarmed,
  clock = systemClock,
  onRefresh,
  askOutside = () => Promise.resolve({ kind: 'not-asked' }),
}: {
  dataDirectory: string;
  settings?: Partial<WorldSettings>;
  failpoint?: Failpoint;
  clock?: Clock;
  onRefresh?: () => Promise<void>;
  askOutside?: AskOutside;
}) {
  const file = join(dataDirectory, 'world.json');
  const kept = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as WorldSettings)
    : { repository: '', config: ProjectConfig.parse({}), trusted: true, problem: null };
  let world: WorldSettings = { ...kept, ...settings };
  writeFileSync(file, JSON.stringify(world));
  const instance = `test-${dataDirectory.split('-').at(-1)}`;
  const git = await startGitHelper({ dataDirectory, instance, hostEnvironment: process.env });
  const db = openDatabase({
    file: join(dataDirectory, 'thalogos.db'),
    durability: 'FULL',
    migrations: MIGRATIONS,
  });
  const log = new SqliteEventLog({ database: db });
  const recorder = makeRecorder({ db, log, clock, redactText: (text) => text });
  const audit = makeAudit({ db, clock });
  const keys = makeSigningKeys({ git, dataDirectory });
  const place = await makePlace({ git, dataDirectory, repository: world.repository });
  db.prepare('INSERT OR IGNORE INTO projects (id, path, record) VALUES (?, ?, ?)').run(
    PROJECT,
    world.repository,
    '{}',
  );
  const tasks = makeTestTasks({ db, place, keys });
  const book = makeTimelineBook(db);
  const projects = makeProjects({ git, place, world: () => world, onRefresh });
  const conflicts = makeConflicts({
    ...{ store: makeConflictStore(db), recorder, clock, audit },
    place: () => place,
    projects: () => [PROJECT],
    findTask: (id) => {
      const task = tasks.savable(PROJECT).find((one) => one.id === id);
      return task === undefined ? null : { ...task, settles: null };
    },
    meet: (project) => saves.meet(project),
    isFrozen: (project) => saves.isFrozen(project),
    reopen: () => undefined,
  });
  const saves: Saves = makeSaves({
    ...{ conflicts, db, recorder, clock, git, projects, tasks, audit, keys, instance, failpoint },
    timeline: book,
    version: '0.1.0',
    environment: allowedEnvironment(process.env),
    startCheck: startProcess,
    redactText: (text) => text.replaceAll('hunter2', '[redacted]'),
    askOutside: (question, signal) => askOutside(question, signal),
    gatePaths: (paths) => paths.filter((path) => path.startsWith('.thalogos/')),
    logger: { info: () => undefined, error: (facts) => faults.push(facts) },
  });
  const faults: object[] = [];
  return {
    conflicts: conflicts.callsWith(() => Promise.reject(new Error('No agent is here'))),
    ...{ saves, tasks, place, db, log, book, git, audit, keys, faults, dataDirectory, instance },
    timeline: makeTimeline({ book, place: () => place, keys, audit, recorder, isFrozen: saves.isFrozen }),
    change: (settings: Partial<WorldSettings>) => {
      world = { ...world, ...settings };
      writeFileSync(file, JSON.stringify(world));
    },
    hub: (...args: string[]) => runTestGit(place.directory, args, { GIT_DIR: place.hub.gitDir }),
    events: () => log.afterSync(0),
    /** Saves, waits for the end, and gives the outcome. */
    async save(wish: { only?: string[]; without?: string[] } = {}) {
      const { id } = await saves.save({ project: PROJECT, ...wish }, PERSON);
      return outcomeOf(saves, id);
    },
    async restore(tag: string) {
      const { id } = await saves.rollback({ project: PROJECT, tag }, PERSON);
      return outcomeOf(saves, id);
    },
    async close() {
      await saves.close();
      await git.close();
      db.close();
    },
  };
}

/** An open world. */
export type World = Awaited<ReturnType<typeof openWorld>>;

async function outcomeOf(saves: Saves, id: string): Promise<SaveOutcome> {
  await saves.settled(PROJECT);
  const { outcome } = saves.get(id);
  if (outcome === null) throw new Error('The Save did not end');
  return outcome;
}

async function makePlace({
  git,
  dataDirectory,
  repository,
}: {
  git: Git;
  dataDirectory: string;
  repository: string;
}): Promise<ProjectPlace> {
  const directory = join(dataDirectory, 'projects', PROJECT);
  await mkdir(directory, { recursive: true });
  const facts = await inspectRepository(git, repository);
  if (facts.kind === 'not-a-repository') throw new Error(`${repository} is no repository`);
  const branch = 'main';
  const gitDir = join(directory, 'hub.git');
  if (!existsSync(gitDir)) await createHub(git, { source: repository, hubDir: gitDir, branch });
  const project: Project = {
    id: PROJECT,
    name: 'test',
    path: repository,
    branch,
    head: null,
    registeredAt: 0,
    isDemonstration: false,
  };
  return {
    project,
    hub: { git, gitDir },
    person: { gitDir: facts.commonDir, workTree: facts.workTree },
    directory,
  };
}

function makeProjects({
  git,
  place,
  world,
  onRefresh,
}: {
  git: Git;
  place: ProjectPlace;
  world: () => WorldSettings;
  onRefresh?: (() => Promise<void>) | undefined;
}): SaveProjects {
  return {
    ids: () => [PROJECT],
    place: () => place,
    settingsAt: async () => {
      const { config, problem } = world();
      const problems =
        problem === null ? [] : [{ file: '.thalogos/config.yaml', line: 1, column: 1, message: problem }];
      return { config, problems, file: null, hash: 'h' };
    },
    isTrusted: () => world().trusted,
    refresh: async () => {
      await onRefresh?.();
      const fetched = await fetchIntoHub(
        place.hub,
        { git, gitDir: place.person.gitDir },
        place.project.branch,
      );
      return { head: fetched.kind === 'fetched' ? fetched.oid : null };
    },
    moved: () => undefined,
    prepareWorktree: (request) => prepare(request),
  };
}

async function prepare({ place, path, commit, config }: PrepareRequest): Promise<Preparation> {
  const added = await addWorktree(place.hub, { path, branch: null, base: commit, reason: 'check' });
  if (added.kind !== 'added') throw new Error('The checkout could not be made');
  const [setup] = config.setup;
  // `without FILE` is a setup that works where the file is not; any other works nowhere.
  const [command, file = ''] = setup ?? [];
  const works = setup === undefined || (command === 'without' && !existsSync(join(path, file)));
  return works ? { kind: 'ready' } : { kind: 'setup-failed', command: setup, log: 'no such registry' };
}

/** A configuration with these checks, each a small program in Node. */
export function withChecks(
  checks: Readonly<Record<string, string>>,
  more: Partial<ProjectConfig> = {},
): ProjectConfig {
  const list = Object.entries(checks).map(([name, code]) => ({
    name,
    command: [process.execPath, '-e', code === '' ? '0' : code],
    timeout: 60,
  }));
  return { ...ProjectConfig.parse({ checks: list }), ...more };
}
