import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Project, Task } from '@thalogos/contracts';
import { makeRepository, makeTemporaryDirectory, type TestRepository } from '@thalogos/testkit';
import Database from 'better-sqlite3';
import { blobsAt, blobsIn, type Blobs } from './blobs.ts';
import { killEverything } from './processes.ts';
import { currentSave, launch, type Line, outcomeOf, reach, taskIn, terminate } from './server.ts';

const exec = promisify(execFile);

/** The person's own dirt, as `git status` shows it. */
export const DIRT = ' M mine.txt\n?? note.txt\n!! .env';

/** What was there when the Save began, and what must be there when it has landed. */
export interface Before {
  readonly main: string;
  readonly files: Blobs;
  /** The whole checkout of the person, dirt included. */
  readonly checkout: Blobs;
  /** What main must hold once the three approved tasks are on it; built from the agents' own files. */
  readonly saved: Blobs;
  /** Every file of every agent, by its path from the folder of worktrees. */
  readonly agents: Blobs;
}

/** A place for one run at a time: a person's repository and a data directory that can be put back. */
export interface Slot extends AsyncDisposable {
  readonly home: string;
  readonly person: TestRepository;
  readonly project: string;
  readonly tasks: { readonly approved: readonly string[]; readonly open: string };
  readonly hub: string;
  readonly instance: string;
  readonly before: Before;
  /** Milliseconds that a Save takes here when nobody kills it. */
  readonly duration: number;
  /** Whether the person works on a branch of another name, so that nothing of their files may change. */
  readonly isElsewhere: boolean;
  /** Puts repository and data directory back to the moment before the Save. */
  readonly restore: () => Promise<void>;
  /** Keeps repository and data directory as they are now; gives the way back to this. No server may be there. */
  readonly keep: () => Promise<() => Promise<void>>;
}

/** What a slot is like. */
export interface SlotOptions {
  readonly isElsewhere?: boolean;
  /** What lies on a disk of its own, of so many megabytes. */
  readonly smallDisk?: { readonly holds: 'data' | 'person'; readonly megabytes: number };
}

const GOAL = [
  '- Large [[sh head -c 4000000 /dev/urandom > large.bin; printf "a1\\n" > a.txt]]',
  '- Delete [[sh rm gone.txt old/one.txt old/two.txt; mkdir folder; printf "new\\n" > folder/new.txt]]',
  '- Many [[sh for n in $(seq 0 19); do printf "new %s\\n" $n > many/$n.txt; done]]',
].join('\n');
const OPEN = 'Not approved [[sh printf "open\\n" > open.txt; printf "other\\n" > a.txt]]';

const CONFIG = `checks:
  - name: whole
    command: ["sh", "-c", "test -f large.bin && test -f many/19.txt && ! test -e gone.txt"]
`;

/** Builds one: a real server takes three tasks to their approval and a fourth to its review, and ends. */
export async function makeSlot({ isElsewhere = false, smallDisk }: SlotOptions = {}): Promise<Slot> {
  const person = await makePerson();
  const around = await makeTemporaryDirectory('thalogos-prove-');
  const home = join(around.path, 'home');
  const data = join(home, 'data');
  await mkdir(home);
  const disk = smallDisk?.holds === 'person' ? dirname(person.path) : home;
  if (smallDisk !== undefined) await mount(disk, smallDisk.megabytes);
  const made = await prepare(home, person);
  if (isElsewhere) await person.git('checkout', '--quiet', '-b', 'side');
  const hub = join(data, 'projects', made.project, 'hub.git');
  const instance = readInstance(data);
  let kept = 0;
  const keep = async () => {
    const aside = join(around.path, `kept-${++kept}`);
    await mkdir(aside);
    await copy(person.path, join(aside, 'person'));
    await copy(data, join(aside, 'data'));
    return async () => {
      await killEverything(instance, null);
      await rm(person.path, { recursive: true, force: true, maxRetries: 5 });
      await rm(data, { recursive: true, force: true, maxRetries: 5 });
      await copy(join(aside, 'person'), person.path);
      await copy(join(aside, 'data'), data);
    };
  };
  const restore = await keep();
  const before = await look({ person, worktrees: join(data, 'projects', made.project, 'worktrees'), made });
  const duration = await measureSave(home, made.project);
  return {
    ...{ home, person, hub, instance, before, duration, isElsewhere, restore, keep },
    ...{ project: made.project, tasks: { approved: made.approved.map(({ id }) => id), open: made.open.id } },
    [Symbol.asyncDispose]: async () => {
      await killEverything(instance, null);
      if (smallDisk !== undefined) await exec('umount', ['--lazy', disk]);
      await person[Symbol.asyncDispose]();
      await around[Symbol.asyncDispose]();
    },
  };
}

function makePerson(): Promise<TestRepository> {
  const many = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`many/${n}.txt`, `old ${n}\n`]));
  const files = { 'a.txt': 'a\n', 'gone.txt': 'gone\n', 'old/one.txt': '1\n', 'old/two.txt': '2\n' };
  return makeRepository({
    commits: [
      {
        message: 'Start',
        files: { ...files, ...many, 'mine.txt': 'mine\n', '.thalogos/config.yaml': CONFIG },
      },
    ],
    dirty: { 'mine.txt': 'changed by the person\n' },
    untracked: { 'note.txt': 'a note\n' },
    ignored: { '.env': 'SECRET=1\n' },
  });
}

interface Made {
  readonly project: string;
  readonly approved: readonly Task[];
  readonly open: Task;
}

async function prepare(home: string, person: TestRepository): Promise<Made> {
  const life = launch(home);
  const line = await reach(home, life);
  if (line === null) throw new Error(`The server ended: ${life.complaints()}`);
  const { project } = await line.tell<{ project: Project }>('projects.register', { path: person.path });
  const { hash } = await line.get<{ hash: string }>('projects.trust', { project: project.id });
  await line.tell('projects.acceptTrust', { project: project.id, hash });
  const approved = await work(line, { project: project.id, text: GOAL, approve: true });
  const [open] = await work(line, { project: project.id, text: OPEN, approve: false });
  if (open === undefined || approved.length !== 3) throw new Error('The goal did not become its tasks');
  await terminate(life);
  return { project: project.id, approved, open };
}

async function work(
  line: Line,
  wish: { project: string; text: string; approve: boolean },
): Promise<readonly Task[]> {
  const { tasks } = await line.tell<{ tasks: readonly Task[] }>('planning.state', {
    ...wish,
    agent: 'scripted',
  });
  return Promise.all(tasks.map(({ id }) => taskIn(line, id, [wish.approve ? 'approved' : 'review'])));
}

async function look({
  person,
  worktrees,
  made,
}: {
  person: TestRepository;
  worktrees: string;
  made: Made;
}): Promise<Before> {
  const files = await blobsAt(person.gitDir, 'main');
  const saved = new Map(files);
  for (const { session, id } of made.approved) {
    const own = await blobsIn(join(worktrees, session, id));
    for (const [path, blob] of own) if (files.get(path) !== blob) saved.set(path, blob);
    for (const path of files.keys()) if (!own.has(path)) saved.delete(path);
  }
  return {
    main: await person.oid('main'),
    files,
    checkout: await blobsIn(person.path),
    saved,
    agents: await blobsIn(worktrees),
  };
}

/** Saves once without any kill: that it works at all is what every other run is measured by. */
async function measureSave(home: string, project: string): Promise<number> {
  const life = launch(home);
  const line = await reach(home, life);
  if (line === null) throw new Error(`The server ended: ${life.complaints()}`);
  const began = Date.now();
  await line.tell('saves.save', { project });
  const save = await currentSave(line, project);
  const outcome = await outcomeOf(line, save?.id ?? '');
  if (outcome.kind !== 'saved')
    throw new Error(`A Save that nobody disturbs ended ${JSON.stringify(outcome)}`);
  const duration = Date.now() - began;
  await terminate(life);
  return duration;
}

function readInstance(data: string): string {
  const db = new Database(join(data, 'thalogos.db'), { readonly: true });
  try {
    return (db.prepare('SELECT instance FROM marker').get() as { instance: string }).instance;
  } finally {
    db.close();
  }
}

/** Puts a small disk, kept in memory, where a folder is, with all that the folder holds. */
async function mount(folder: string, megabytes: number): Promise<void> {
  const aside = `${folder}-aside`;
  await copy(folder, aside);
  await exec('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'thalogos-prove', folder]);
  await exec('cp', ['-a', `${aside}/.`, folder]);
  await rm(aside, { recursive: true });
}

/** With modes, times and links as they are; Node's own copy would take several times as long. */
async function copy(from: string, to: string): Promise<void> {
  await exec('cp', ['-a', from, to]);
}
