import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project, SaveOutcome, SaveView, Task } from '@thalogos/contracts';
import { makeTemporaryDirectory } from '@thalogos/testkit';
import { launch, type Life, type Line, outcomeOf, reach, taskIn, terminate } from './server.ts';

/** A real server in a home of its own, and a person who works with it; use it with `await using`. */
export interface House extends AsyncDisposable {
  readonly home: string;
  readonly line: () => Line;
  readonly register: (path: string) => Promise<string>;
  /** Has one agent run a shell command, and gives the task as it rests. */
  readonly work: (project: string, command: string) => Promise<Task>;
  /** Approves what may be approved, and saves. */
  readonly save: (project: string) => Promise<SaveOutcome>;
  readonly worktree: (project: string, task: Task) => string;
  readonly hub: (project: string) => string;
  /** Ends the server in order and starts it again. */
  readonly restart: () => Promise<void>;
}

/** Starts a server. */
export async function openHouse(): Promise<House> {
  const around = await makeTemporaryDirectory('thalogos-house-');
  const home = join(around.path, 'home');
  await mkdir(home);
  let { life, line } = await begin(home);
  const within = (project: string, ...rest: string[]) => join(home, 'data', 'projects', project, ...rest);
  return {
    home,
    line: () => line,
    register: async (path) =>
      (await line.tell<{ project: Project }>('projects.register', { path })).project.id,
    work: async (project, command) => {
      const wish = { project, text: `Work [[sh ${command}]]`, agent: 'scripted' };
      const { tasks } = await line.tell<{ tasks: readonly Task[] }>('planning.state', wish);
      return taskIn(line, tasks[0]?.id ?? '', ['review', 'failed']);
    },
    save: async (project) => {
      await line.tell('review.approve', { project, tasks: [], all: true });
      const { save } = await line.tell<{ save: SaveView }>('saves.save', { project });
      return outcomeOf(line, save.id);
    },
    worktree: (project, { session, id }) => within(project, 'worktrees', session, id),
    hub: (project) => within(project, 'hub.git'),
    restart: async () => {
      await terminate(life);
      ({ life, line } = await begin(home));
    },
    [Symbol.asyncDispose]: async () => {
      await terminate(life);
      await around[Symbol.asyncDispose]();
    },
  };
}

async function begin(home: string): Promise<{ life: Life; line: Line }> {
  const life = launch(home);
  const line = await reach(home, life);
  if (line === null) throw new Error(`The server ended: ${life.complaints()}`);
  return { life, line };
}
