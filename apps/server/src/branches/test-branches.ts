import { type ProjectConfig, ProjectConfig as Config } from '@thalogos/contracts';
import { SqliteEventLog } from '@thalogos/smalltalk';
import { type Clock, systemClock } from '../platform/clock.ts';
import { makeRecorder } from '../platform/recorder.ts';
import { openWorld, PROJECT, type World } from '../saves/test-world.ts';
import type { BranchesDeps } from './branches-deps.ts';
import { makeBranches } from './branches.ts';

/** What a test changes of the branches' surroundings. */
export interface TestBranchesOptions {
  readonly config?: Partial<ProjectConfig>;
  readonly failpoint?: BranchesDeps['failpoint'];
  readonly clock?: Clock;
  readonly trusted?: boolean;
  readonly token?: string;
}

/** The branches of a world's project, on its real database and repositories. */
export function branchesOf(world: World, options: TestBranchesOptions = {}) {
  const { config, failpoint = () => undefined, clock = systemClock, trusted = true, token = null } = options;
  const { db, git, audit, keys, book } = world;
  const recorder = makeRecorder({
    ...{ db, clock, redactText: (text: string) => text },
    log: new SqliteEventLog({ database: db }),
  });
  const settings = { config: { ...Config.parse({}), ...config }, problems: [], hash: 'h' };
  return makeBranches({
    ...{ db, git, audit, keys, recorder, failpoint, timeline: book, clock },
    projects: {
      ids: () => [PROJECT],
      place: () => world.place,
      settingsAt: async () => settings,
      isTrusted: () => trusted,
    },
    findTask: (id) => ({ title: `Task ${id}`, state: world.tasks.state(id) }),
    isOpen: () => true,
    signIn: {},
    forgeToken: token,
    logger: { info: () => undefined, error: (facts) => world.faults.push(facts) },
  });
}

/** A world with three checkpoints; gives their tags, oldest first. */
export async function openSavedWorld(dataDirectory: string, repository: string) {
  const world = await openWorld({ dataDirectory, settings: { repository } });
  const tags: string[] = [];
  for (const n of [1, 2, 3]) {
    await world.tasks.add({ id: `t-${n}`, files: { [`${n}.txt`]: `${n}\n` } });
    tags.push((await world.save()).checkpoint?.tag ?? '');
  }
  return { world, tags };
}
