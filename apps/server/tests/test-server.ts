import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  ErrorBody,
  Project,
  SaveOutcome,
  SaveView,
  ServerFile,
  Task,
  TaskState,
  TimelineEntry,
  TranscriptBlock,
} from '@thalogos/contracts';
import { makeTemporaryDirectory, startOf } from '@thalogos/testkit';
import { type Frame, type TestViewer, watch } from '../src/api/test-viewer.ts';
import { listMarked } from '../src/platform/marked-processes.ts';

const PROGRAM = startOf('server');
const TIMEOUT_MS = 60_000;
const POLL_MS = 40;

/** What a call answered: its data, or the status and the body of its refusal. */
export type Answer<T> =
  | { readonly kind: 'data'; readonly data: T }
  | { readonly kind: 'error'; readonly status: number; readonly error: ErrorBody };

/** A server process as it came up or as it ended. */
export interface Start {
  readonly child: ChildProcess;
  readonly said: { out: string; err: string };
  /** The exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>;
}

/** Starts the server as a person does, in a home of its own; waits for nothing. */
export function launch(
  home: string,
  words: readonly string[] = [],
  environment: Record<string, string> = {},
): Start {
  const child = spawn(process.execPath, [PROGRAM.main, '--background', '--keep', '--port', '0', ...words], {
    cwd: home,
    env: {
      ...PROGRAM.environment(home),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  return { child, said, exited: once(child, 'close').then(([code]) => code as number | null) };
}

/** Looks again and again until it finds something; fails after a minute with what was waited for. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
): Promise<T> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}`);
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
}

/** A real server process and the person who calls it over HTTP; use it with `await using`. */
export class TestServer implements AsyncDisposable {
  readonly home: string;
  readonly data: string;
  /** Every event since the first start, as one client got them that takes up where it was. */
  readonly events: Frame[] = [];
  #start: Start | null = null;
  #at: ServerFile | null = null;
  #viewer: TestViewer | null = null;
  readonly #directory: AsyncDisposable;

  private constructor(directory: AsyncDisposable & { readonly path: string }) {
    this.#directory = directory;
    this.home = directory.path;
    this.data = join(directory.path, 'data');
  }

  /** A server that is ready. */
  static async start(environment: Record<string, string> = {}): Promise<TestServer> {
    const server = new TestServer(await makeTemporaryDirectory('thalogos-real-'));
    await server.start(environment);
    return server;
  }

  get at(): ServerFile {
    if (this.#at === null) throw new Error('The server is not running');
    return this.#at;
  }

  get pid(): number {
    return this.at.pid;
  }

  /** Starts it (again) on the same data and waits until it is ready. */
  async start(environment: Record<string, string> = {}): Promise<void> {
    const start = launch(this.home, [], environment);
    this.#start = start;
    let end: number | null | undefined;
    void start.exited.then((code) => (end = code));
    await until('the server says where it is', () => {
      if (end !== undefined) throw new Error(`The server ended with ${end}: ${start.said.err}`);
      return start.said.out.includes('\n');
    });
    this.#at = JSON.parse(readFileSync(join(this.data, 'server.json'), 'utf8')) as ServerFile;
    this.#follow();
    const { url } = this.#at;
    await until('the server is ready', async () => {
      if (end !== undefined) throw new Error(`The server ended with ${end}: ${start.said.err}`);
      const answer = await fetch(`${url}/ready`).catch(() => null);
      return answer?.status === 200;
    });
  }

  /** One client that remembers the last event it got. */
  #follow(): void {
    this.#keepFrames();
    const after = this.events.at(-1)?.id ?? 0;
    this.#viewer = watch({ ...this.at, path: '/events?after=0', lastEventId: after });
  }

  #keepFrames(): void {
    this.events.push(...(this.#viewer?.frames ?? []));
    this.#viewer?.close();
    this.#viewer = null;
  }

  /** What the following client has so far. */
  frames(): readonly Frame[] {
    return [...this.events, ...(this.#viewer?.frames ?? [])];
  }

  /** Kills the server process alone, as a fault would; its children live on. */
  async kill(): Promise<void> {
    this.#start?.child.kill('SIGKILL');
    await this.ended();
  }

  /** Starts it and kills it so many milliseconds later, whatever it is doing then. */
  async killWhileStarting(ms: number): Promise<void> {
    const { child, exited } = launch(this.home);
    await new Promise((done) => setTimeout(done, ms));
    child.kill('SIGKILL');
    await exited;
  }

  /** Asks it to end as a service manager does; gives its exit code. */
  async terminate(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.#start?.child.kill(signal);
    return this.ended();
  }

  /** Waits until the process has ended by itself. */
  async ended(): Promise<number | null> {
    const code = (await this.#start?.exited) ?? null;
    this.#keepFrames();
    this.#at = null;
    this.#start = null;
    return code;
  }

  /** What it wrote to standard error so far. */
  complaints(): string {
    return this.#start?.said.err ?? '';
  }

  /** Calls a procedure; a refusal is an answer like any other. */
  async ask<T>(name: string, input?: unknown, { mutation = true } = {}): Promise<Answer<T>> {
    const { url, token } = this.at;
    const query =
      mutation || input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
    const response = await fetch(`${url}/trpc/${name}${query}`, {
      method: mutation ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, 'x-thalogos': '1', 'content-type': 'application/json' },
      ...(mutation ? { body: JSON.stringify(input ?? {}) } : {}),
    });
    const body = (await response.json()) as {
      result?: { data: T };
      error?: ErrorBody & { data?: { body?: ErrorBody } };
    };
    if (body.result !== undefined) return { kind: 'data', data: body.result.data };
    return { kind: 'error', status: response.status, error: errorOf(body.error) };
  }

  /** Calls a mutation that must succeed. */
  async tell<T>(name: string, input?: unknown): Promise<T> {
    return dataOf(name, await this.ask<T>(name, input));
  }

  /** Calls a query that must succeed. */
  async get<T>(name: string, input?: unknown): Promise<T> {
    return dataOf(name, await this.ask<T>(name, input, { mutation: false }));
  }

  /** Calls a mutation that must be refused. */
  async refusal(name: string, input?: unknown): Promise<{ status: number } & ErrorBody> {
    const answer = await this.ask(name, input);
    if (answer.kind === 'data') throw new Error(`${name} was not refused: ${JSON.stringify(answer.data)}`);
    return { status: answer.status, ...answer.error };
  }

  async register(path: string): Promise<string> {
    return (await this.tell<{ project: Project }>('projects.register', { path })).project.id;
  }

  /** States a goal for the scripted agent and gives its tasks as they are at once. */
  async state(project: string, text: string, more: { approve?: boolean } = {}): Promise<readonly Task[]> {
    const wish = { project, text, agent: 'scripted', ...more };
    return (await this.tell<{ tasks: readonly Task[] }>('planning.state', wish)).tasks;
  }

  /** States a goal that is approved in advance and waits until each of its tasks is. */
  async approved(project: string, text: string): Promise<readonly Task[]> {
    const tasks = await this.state(project, text, { approve: true });
    return Promise.all(tasks.map(({ id }) => this.taskIn(id, 'approved')));
  }

  async task(task: string): Promise<Task> {
    return (await this.get<{ task: Task }>('tasks.get', { task })).task;
  }

  async transcript(task: string): Promise<readonly TranscriptBlock[]> {
    const newest = { task, before: Number.MAX_SAFE_INTEGER };
    return (await this.get<{ blocks: readonly TranscriptBlock[] }>('tasks.transcript', newest)).blocks;
  }

  async taskIn(id: string, ...states: readonly TaskState[]): Promise<Task> {
    let last = 'unknown';
    return until(`task ${id} is ${states.join(' or ')}`, async () => {
      const task = await this.task(id);
      if (task.state !== last && !states.includes(task.state)) last = task.state;
      return states.includes(task.state) && task;
    }).catch((cause: unknown) => {
      throw new Error(`It was ${last} in the end`, { cause });
    });
  }

  /** Waits until the task's agent has written a file (its edit is in the transcript). */
  async wrote(task: string, path: string): Promise<void> {
    await until(`task ${task} wrote ${path}`, async () =>
      (await this.transcript(task)).some(({ text, status }) => text.endsWith(path) && status === 'ok'),
    );
  }

  async save(
    project: string,
    parts: { only?: readonly string[]; without?: readonly string[] } = {},
  ): Promise<SaveOutcome> {
    const { save } = await this.tell<{ save: SaveView }>('saves.save', { project, ...parts });
    return this.outcome(save.id);
  }

  async rollback(project: string, tag: string): Promise<SaveOutcome> {
    const { save } = await this.tell<{ save: SaveView }>('saves.rollback', { project, tag });
    return this.outcome(save.id);
  }

  async outcome(save: string): Promise<SaveOutcome> {
    return until(`Save ${save} is done`, async () => {
      const { save: view } = await this.get<{ save: SaveView }>('saves.get', { save });
      return view.outcome;
    });
  }

  async timeline(project: string): Promise<readonly TimelineEntry[]> {
    return (await this.get<{ entries: readonly TimelineEntry[] }>('timeline.list', { project })).entries;
  }

  /** Processes that carry this server's mark for some purpose, such as `run/`. */
  async marked(what: string): Promise<readonly number[]> {
    const instances = await listMarked('');
    const ours = instances.filter(({ pid }) => isOurs(pid, this.home));
    return ours.filter(({ mark }) => mark.split(':').at(-1)?.startsWith(what)).map(({ pid }) => pid);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#start !== null) await this.terminate();
    await this.#directory[Symbol.asyncDispose]();
  }
}

/** Whether a process works for the server of this home: its environment or its folder says so. */
function isOurs(pid: number, home: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(home);
  } catch {
    return false;
  }
}

function errorOf(error: (ErrorBody & { data?: { body?: ErrorBody } }) | undefined): ErrorBody {
  if (error?.data?.body !== undefined) return error.data.body;
  return error ?? { code: 'fault', message: 'no body', hint: null, details: null };
}

function dataOf<T>(name: string, answer: Answer<T>): T {
  if (answer.kind === 'data') return answer.data;
  throw new Error(`${name} was refused with ${answer.status}: ${JSON.stringify(answer.error)}`);
}

/** A mark that writes a file. */
export function write(path: string, content: string): string {
  return `[[write path=${path} content=${JSON.stringify(content)}]]`;
}
