import { join } from 'node:path';
import type { Project, SaveOutcome, Task, TaskState, ThalogosEvent } from '@thalogos/contracts';
import { makeTemporaryDirectory } from '@thalogos/testkit';
import type { Actor } from './access/role.ts';
import { compose } from './compose.ts';
import type { Composition } from './compose-contract.ts';
import { readConfig } from './config.ts';
import { systemClock } from './platform/clock.ts';
import { makeLogger } from './platform/logger.ts';
import { dataPathsOf, prepareDataDirectory } from './platform/paths.ts';
import { makeRedactor } from './platform/redact.ts';

/** The person of the tests, who may do everything. */
export const MARA: Actor = { name: 'Mara', role: 'admin' };

/** A whole server without its HTTP face, on real repositories, for tests; use it with `await using`. */
export interface TestThalogos extends AsyncDisposable {
  readonly calls: Composition['calls'];
  readonly dataDirectory: string;
  /** Waits, by the log of events, until `look` gives something; fails after 30 seconds. */
  until<T>(what: string, look: () => T | null | undefined | false): Promise<T>;
  /** Registers a repository. */
  open(path: string): Promise<Project>;
  /** States a goal and gives its tasks as they are when all of them rest. */
  work(project: string, goal: string, more?: { approve?: boolean; agent?: string }): Promise<readonly Task[]>;
  /** Waits until a task is in one of these states. */
  taskIn(task: string, ...states: readonly TaskState[]): Promise<Task>;
  save(project: string, parts?: { only?: string[]; without?: string[] }): Promise<SaveOutcome>;
  rollback(project: string, tag: string): Promise<SaveOutcome>;
  events(after?: number): readonly ThalogosEvent[];
  /** Ends it as SIGTERM would and starts another one on the same data. */
  restart(): Promise<void>;
}

const MOVING: readonly TaskState[] = ['planned', 'queued', 'running'];
const TIMEOUT_MS = 30_000;

/** Starts a server in a data directory of its own. */
export async function startTestThalogos(environment: Record<string, string> = {}): Promise<TestThalogos> {
  const directory = await makeTemporaryDirectory();
  const dataDirectory = join(directory.path, 'data');
  let composition = await startComposition(dataDirectory, environment);

  const until = async <T>(what: string, look: () => T | null | undefined | false): Promise<T> => {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const tryNow = () => {
      const found = look();
      if (found !== null && found !== undefined && found !== false) resolve(found);
    };
    const timer = setTimeout(() => reject(new Error(`Waited in vain until ${what}`)), TIMEOUT_MS);
    const stop = composition.events.onAppended(tryNow);
    tryNow();
    return promise.finally(() => {
      clearTimeout(timer);
      stop();
    });
  };
  const outcomeOf = (save: string) =>
    until(`Save ${save} is done`, () => composition.calls.saves.get(save).outcome);
  const list = (project: string) => composition.calls.tasks.list({ project });

  return {
    get calls() {
      return composition.calls;
    },
    dataDirectory,
    until,
    open: (path) => composition.calls.projects.register(path, MARA),
    work: async (project, text, { approve = false, agent } = {}) => {
      const wish = { project, text, approve, planOnly: false, ...(agent === undefined ? {} : { agent }) };
      const { goal } = await composition.calls.planning.state(wish, MARA);
      const mine = () => list(project).filter((task) => task.goal === goal);
      return until(`the tasks of "${text.slice(0, 40)}" rest`, () => {
        const tasks = mine();
        return tasks.every(({ state }) => !MOVING.includes(state)) && !isBetween(tasks) && tasks;
      });
    },
    taskIn: (id, ...states) =>
      until(`task ${id} is ${states.join(' or ')}`, () => {
        const { task } = composition.calls.tasks.get(id);
        return states.includes(task.state) && task;
      }),
    save: async (project, parts = {}) =>
      outcomeOf((await composition.calls.saves.save({ project, ...parts }, MARA)).id),
    rollback: async (project, tag) =>
      outcomeOf((await composition.calls.saves.rollback({ project, tag }, MARA)).id),
    events: (after = 0) =>
      composition.events.after(after, {}, 100_000).map(({ json }) => JSON.parse(json) as ThalogosEvent),
    restart: async () => {
      await composition.close();
      composition = await startComposition(dataDirectory, environment);
    },
    [Symbol.asyncDispose]: async () => {
      await composition.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}

/** A task that is approved in advance passes through review; one whose ancestor has just ended is still blocked. */
function isBetween(tasks: readonly Task[]): boolean {
  const resting = new Set(
    tasks.filter(({ state }) => state === 'review' || state === 'approved').map(({ id }) => id),
  );
  return tasks.some(
    ({ state, after }) => state === 'blocked' && after.length > 0 && after.every((id) => resting.has(id)),
  );
}

async function startComposition(
  dataDirectory: string,
  environment: Record<string, string>,
): Promise<Composition> {
  const host = {
    PATH: process.env['PATH'],
    HOME: dataDirectory,
    THALOGOS_HOME: dataDirectory,
    ...environment,
  };
  const config = readConfig({ arguments: ['--background'], environment: host, workingDirectory: '/' });
  prepareDataDirectory(dataDirectory);
  const redactor = makeRedactor(config.secrets);
  const composition = await compose({
    config,
    paths: dataPathsOf(dataDirectory),
    logger: makeLogger({ dataDirectory, level: 'error', redactor }),
    redactor,
    clock: systemClock,
    version: '0.0.0-test',
    build: 'test',
    server: () => ({ pid: process.pid, port: 0, url: 'http://127.0.0.1:0' }),
    stop: () => undefined,
  });
  await composition.begin();
  return composition;
}
