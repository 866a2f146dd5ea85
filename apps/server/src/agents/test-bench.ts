import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../platform/clock.ts';
import type { AgentAdapter, AgentEvent, SessionSpec } from './agent-adapter.ts';
import type { RunHandle, RunRequest, Supervisor } from './run-request.ts';
import { makeSupervisor } from './supervisor.ts';

/** An adapter made ready to be tried: it obeys the marks in its input, one way or another. */
export interface AgentRig {
  readonly adapter: AgentAdapter;
  readonly env: Readonly<Record<string, string>>;
  /** What its session needs for that, besides. */
  readonly careful?: Partial<SessionSpec>;
  /** Input that makes it ask for leave to run a command, where it ever asks. */
  readonly escalate?: (command: string) => string;
  /** What its session needs in order to be offered tools of servers. */
  readonly withServers?: Partial<SessionSpec>;
  /** What its model was asked so far, oldest first, where it has one. */
  readonly requests?: () => readonly unknown[];
  close(): Promise<void>;
}

/** Makes a rig whose files all lie under `root`. */
export type MakeRig = (root: string) => Promise<AgentRig>;

/** What a finished run left. */
export interface Played {
  readonly events: readonly AgentEvent[];
  readonly outcome: Awaited<RunHandle['done']>;
}

/** A run under way in a test. */
export interface Playing {
  readonly handle: RunHandle;
  readonly pid: () => number;
  /** The first event that fits, also one from before. */
  saw(fits: (event: AgentEvent) => boolean): Promise<AgentEvent>;
  end(): Promise<Played>;
}

interface Changes extends Partial<Pick<RunRequest, 'idleMs' | 'deadlineMs'>> {
  readonly spec?: Partial<SessionSpec>;
  /** Pictures beside the text, by their path. */
  readonly images?: readonly string[];
  /** Whether a person says yes to all that it asks leave for. */
  readonly agrees?: boolean;
}

/** A worktree, a rig and a supervisor for one test. */
export interface Bench {
  readonly rig: AgentRig;
  readonly root: string;
  readonly cwd: string;
  readonly instance: string;
  start(text: string, changes?: Changes): Playing;
  play(text: string, changes?: Changes): Promise<Played>;
  read(path: string): Promise<string | null>;
  close(): Promise<void>;
}

/** Sets up a bench in a temporary folder. */
export async function setUpBench(makeRig: MakeRig): Promise<Bench> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'thalogos-agent-')));
  const cwd = join(root, 'worktree');
  await mkdir(cwd);
  await writeFile(join(cwd, 'README.md'), 'base\n');
  await writeFile(join(cwd, 'old.txt'), 'old\n');
  execFileSync('git', ['init', '-q', cwd]);
  const rig = await makeRig(root);
  const instance = `test-${process.pid}-${root.slice(-6)}`;
  const supervisor = makeSupervisor({
    instance,
    clock: systemClock,
    onFault: (error) => {
      throw error;
    },
  });
  let runs = 0;
  const start = (text: string, changes: Changes = {}) => {
    runs += 1;
    return startRun(supervisor, rig, { text, changes, cwd, root, run: `r-${runs}` });
  };
  return {
    rig,
    root,
    cwd,
    instance: `${instance}:`,
    start,
    play: (text, changes) => start(text, changes).end(),
    read: (path) => readText(join(cwd, path)),
    async close() {
      await supervisor.close();
      await rig.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

interface StartOptions {
  readonly text: string;
  readonly changes: Changes;
  readonly cwd: string;
  readonly root: string;
  readonly run: string;
}

function startRun(
  supervisor: Supervisor,
  rig: AgentRig,
  { text, changes, cwd, root, run }: StartOptions,
): Playing {
  const events: AgentEvent[] = [];
  const watchers = new Set<() => void>();
  let pid = 0;
  const { spec, images = [], agrees = false, ...limits } = changes;
  const handle = supervisor.startRun({
    run,
    adapter: rig.adapter,
    spec: {
      cwd,
      stateDir: join(root, 'state'),
      policy: 'workspace',
      approvals: 'on-request',
      mcp: [],
      env: rig.env,
      ...spec,
    },
    input: [{ type: 'text', text }, ...images.map((path) => ({ type: 'image' as const, path }))],
    deadlineMs: 120_000,
    idleMs: 100_000,
    ...limits,
    onOpened: (opened) => {
      pid = opened.pid;
    },
    onEvent: (event) => {
      events.push(event);
      for (const look of watchers) look();
      if (agrees && event.type === 'approval') void handle.answer(event.requestId, { decision: 'allow' });
    },
  });
  return {
    handle,
    pid: () => pid,
    saw(fits) {
      const { promise, resolve, reject } = Promise.withResolvers<AgentEvent>();
      const look = () => {
        const found = events.find(fits);
        if (found !== undefined) resolve(found);
      };
      watchers.add(look);
      look();
      void handle.done.then((outcome) =>
        reject(new Error(`The run ended before it: ${JSON.stringify(outcome)}`)),
      );
      return promise;
    },
    end: async () => ({ outcome: await handle.done, events }),
  };
}

/** A file's text, null where it is not there. */
export async function readText(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null);
}

/** All the agent's words, or thoughts, as one text. */
export function wordsOf(events: readonly AgentEvent[], type: 'text' | 'thought'): string {
  return events.map((event) => (event.type === type && 'delta' in event ? event.delta : '')).join('');
}
