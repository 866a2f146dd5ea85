import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SaveOutcome, SaveView, ServerFile, Task } from '@thalogos/contracts';
import { startOf } from '@thalogos/testkit';

const PROGRAM = startOf('server');
const TIMEOUT_MS = 120_000;
const POLL_MS = 25;

/** Looks again and again until it finds something; fails after two minutes with what was waited for. */
export async function until<T>(what: string, look: () => Promise<T | null> | T | null): Promise<T> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}`);
    await pause(POLL_MS);
  }
}

/** Lets so many milliseconds go by. */
export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

/** One life of a real server, from its start to its end. */
export interface Life {
  readonly child: ChildProcess;
  /** Settles when the process is gone, with its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  readonly hasEnded: () => boolean;
  readonly complaints: () => string;
}

/** How a server under test is started otherwise than by its person. */
export interface Conditions {
  /** Where it finds its programs. */
  readonly path?: string;
  /** What starts it in its turn, as `strace` does. */
  readonly through?: readonly string[];
}

/** Starts the server as a person does; waits for nothing. */
export function launch(
  home: string,
  failpoint: string | null = null,
  { path, through = [] }: Conditions = {},
): Life {
  const [program = '', ...words] = [...through, process.execPath, PROGRAM.main, '--background', '--keep'];
  const child = spawn(program, [...words, '--port', '0'], {
    cwd: home,
    env: {
      ...PROGRAM.environment(home),
      ...(path === undefined ? {} : { PATH: path }),
      // What is proven here must hold where no sandbox helps; behind one, most attacks fail before they begin.
      THALOGOS_SANDBOX: 'none',
      ...(failpoint === null ? {} : { THALOGOS_FAILPOINT: failpoint }),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return { child, ended, hasEnded, complaints: () => said };
}

/** What a person can ask of a living server, over HTTP. */
export interface Line {
  tell<T>(name: string, input: unknown): Promise<T>;
  get<T>(name: string, input: unknown): Promise<T>;
}

/** Waits until the server is ready; null when it ended before that. */
export async function reach(home: string, life: Life): Promise<Line | null> {
  const at = await until('the server is ready', async () => {
    if (life.hasEnded()) return 'ended';
    const file = readServerFile(home);
    if (file?.pid !== life.child.pid || file === null) return null;
    const answer = await fetch(`${file.url}/ready`).catch(() => null);
    return answer?.status === 200 ? file : null;
  });
  return at === 'ended' ? null : lineTo(at);
}

function readServerFile(home: string): ServerFile | null {
  try {
    return JSON.parse(readFileSync(join(home, 'data', 'server.json'), 'utf8')) as ServerFile;
  } catch {
    // Not there yet, or only half written.
    return null;
  }
}

function lineTo({ url, token }: ServerFile): Line {
  const headers = {
    authorization: `Bearer ${token}`,
    'x-thalogos': '1',
    'content-type': 'application/json',
  };
  const answer = async <T>(name: string, response: Response): Promise<T> => {
    const body = (await response.json()) as { result?: { data: T } };
    if (body.result === undefined) throw new Error(`${name} was refused: ${JSON.stringify(body)}`);
    return body.result.data;
  };
  return {
    tell: async (name, input) =>
      answer(
        name,
        await fetch(`${url}/trpc/${name}`, { method: 'POST', headers, body: JSON.stringify(input) }),
      ),
    get: async (name, input) =>
      answer(
        name,
        await fetch(`${url}/trpc/${name}?input=${encodeURIComponent(JSON.stringify(input))}`, { headers }),
      ),
  };
}

/** Ends a server as a service manager does; gives its exit code. */
export function terminate(life: Life): Promise<number | null> {
  life.child.kill('SIGTERM');
  return life.ended;
}

/** Waits until a task is in one of these states. */
export function taskIn(line: Line, id: string, states: readonly string[]): Promise<Task> {
  return until(`task ${id} is ${states.join(' or ')}`, async () => {
    const { task } = await line.get<{ task: Task }>('tasks.get', { task: id });
    return states.includes(task.state) ? task : null;
  });
}

/** The project's unfinished Save, else its last one; null before the first. */
export async function currentSave(line: Line, project: string): Promise<SaveView | null> {
  return (await line.get<{ save: SaveView | null }>('saves.current', { project })).save;
}

/** Waits until a Save has ended. */
export function outcomeOf(line: Line, save: string): Promise<SaveOutcome> {
  return until(
    `Save ${save} is done`,
    async () => (await line.get<{ save: SaveView }>('saves.get', { save })).save.outcome,
  );
}
