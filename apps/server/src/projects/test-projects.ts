import { join } from 'node:path';
import type { ThalogosEventType } from '@thalogos/contracts';
import { SqliteEventLog } from '@thalogos/smalltalk';
import { startTestGit, type TestGit } from '../git/test-git.ts';
import { systemClock } from '../platform/clock.ts';
import { openDatabase } from '../platform/database.ts';
import { MIGRATIONS } from '../platform/migrations/migrations.ts';
import { allowedEnvironment, startProcess } from '../platform/process.ts';
import { makeRecorder } from '../platform/recorder.ts';
import { makeProjects, type Projects } from './projects.ts';

/** Projects on a database and a git of their own; use them with `await using`. */
export interface TestProjects extends AsyncDisposable {
  readonly projects: Projects;
  readonly test: TestGit;
  /** What was audited, oldest first. */
  readonly audited: readonly { readonly who: string; readonly what: string; readonly onWhat: string }[];
  /** The types of every event so far. */
  readonly recorded: () => Promise<readonly ThalogosEventType[]>;
}

/** The person who makes every call of a test. */
export const OWNER = { name: 'owner', role: 'admin' } as const;

/** Builds projects for one test file. */
export async function startTestProjects(): Promise<TestProjects> {
  const test = await startTestGit();
  const db = openDatabase({
    file: join(test.dataDirectory, 'thalogos.db'),
    durability: 'NORMAL',
    migrations: MIGRATIONS,
  });
  const log = new SqliteEventLog({ database: db });
  const audited: { who: string; what: string; onWhat: string }[] = [];
  const projects = makeProjects({
    db,
    landed: () => null,
    recorder: makeRecorder({ db, log, clock: systemClock, redactText: (text) => text }),
    clock: systemClock,
    git: test.git,
    dataDirectory: test.dataDirectory,
    audit: { append: (entry) => audited.push(entry) },
    start: startProcess,
    environment: allowedEnvironment(process.env),
  });
  return {
    projects,
    test,
    audited,
    recorded: async () => log.afterSync(0).map(({ topic }) => topic as ThalogosEventType),
    async [Symbol.asyncDispose]() {
      db.close();
      await test[Symbol.asyncDispose]();
    },
  };
}
