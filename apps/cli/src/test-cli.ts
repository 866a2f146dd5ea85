import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { makeTemporaryDirectory, startOf } from '@thalogos/testkit';

const PROGRAM = startOf('cli');

/** How one command line ended. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** The one object on standard output; throws where it is not exactly that. */
  readonly json: unknown;
}

/** A data directory of its own and command lines on it; use it with `await using`. */
export interface TestCli extends AsyncDisposable {
  readonly home: string;
  readonly run: (cwd: string, words: readonly string[], more?: RunMore) => Promise<Ran>;
  readonly spawn: (cwd: string, words: readonly string[]) => ChildProcess;
  /** `server.json` as it is now. */
  readonly server: () => Promise<{ pid: number; port: number; url: string; token: string }>;
}

/** What a test may add to a call. */
export interface RunMore {
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Prepares a home; no server runs until a command starts one. */
export async function makeTestCli(): Promise<TestCli> {
  const directory = await makeTemporaryDirectory('thalogos-cli-');
  const home = join(directory.path, 'home');
  const start = (cwd: string, words: readonly string[], environment: RunMore['environment'] = {}) => {
    const {
      INIT_CWD: _cwd,
      npm_package_json: _manifest,
      NODE_TEST_CONTEXT: _context,
      VITEST: _vitest,
      ...rest
    } = process.env;
    const env = { ...rest, THALOGOS_HOME: home, THALOGOS_PORT: '0', THALOGOS_NO_OPEN: '1', ...environment };
    return spawn(process.execPath, [PROGRAM.main, ...words], { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
  };
  const server = async () =>
    JSON.parse(await readFile(join(home, 'server.json'), 'utf8')) as {
      pid: number;
      port: number;
      url: string;
      token: string;
    };
  const run: TestCli['run'] = async (cwd, words, { input = '', environment } = {}) => {
    const child = start(cwd, words, environment);
    child.stdin.end(input);
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return {
      code,
      out,
      err,
      get json() {
        return JSON.parse(out) as unknown;
      },
    };
  };
  return {
    home,
    run,
    spawn: start,
    server,
    async [Symbol.asyncDispose]() {
      await run(directory.path, ['stop-server']);
      await directory[Symbol.asyncDispose]();
    },
  };
}
