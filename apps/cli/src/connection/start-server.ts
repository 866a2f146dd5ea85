import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServerFile } from '@thalogos/contracts';
import type { CliConfig } from '../config.ts';
import { Failure } from '../failure.ts';
import { findServer } from './find-server.ts';

/** How long a server may take to be ready; it may have an interrupted Save to finish first. */
const READY_MS = 90_000;
const POLL_MS = 50;
const ALREADY_RUNS = 3;

/** The server's program: built beside a built command line, its source beside the source. */
export function serverProgram(here: string = import.meta.url): string {
  const folder = resolve(import.meta.dirname);
  const candidates = here.endsWith('.ts')
    ? [join(folder, '../../../server/src/main.ts')]
    : [
        '../../server/dist/main.js',
        '../../../server/dist/main.js',
        '../server/main.js',
        '../../server/src/main.ts',
      ].map((path) => join(folder, path));
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Failure('fault', 'The server’s program is not there', { hint: 'Build it: npm run build' });
}

/** Starts a server in the background and waits until it is ready; one that somebody else starts meanwhile is as good. */
export async function startServer(
  config: CliConfig,
  flags: readonly string[] = ['--background'],
): Promise<ServerFile> {
  const log = join(config.dataDirectory, 'logs', 'background.log');
  const child = spawnServer(config, flags, log);
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline) {
    const found = await findServer(config.dataDirectory);
    if (found.kind === 'ready') return found.server;
    if (child.exitCode !== null && child.exitCode !== ALREADY_RUNS) throw notStarted(config, log);
    await pause(POLL_MS);
  }
  throw new Failure(
    'unreachable',
    `The server of ${config.dataDirectory} is not ready after ${READY_MS / 1000} s`,
    {
      hint: `Its log is in ${log}.`,
    },
  );
}

function spawnServer(
  { dataDirectory, environment }: CliConfig,
  flags: readonly string[],
  log: string,
): ChildProcess {
  mkdirSync(join(dataDirectory, 'logs'), { recursive: true, mode: 0o700 });
  const output = openSync(log, 'w', 0o600);
  const child = spawn(process.execPath, [serverProgram(), ...flags], {
    // A folder that a person deletes or unmounts must not be the server's.
    cwd: dataDirectory,
    env: { ...environment, THALOGOS_HOME: dataDirectory, INIT_CWD: dataDirectory },
    detached: true,
    // What it prints names its token, which belongs in no file but its own.
    stdio: ['ignore', 'ignore', output],
    windowsHide: true,
  });
  closeSync(output);
  child.on('error', () => undefined);
  child.unref();
  return child;
}

function notStarted({ dataDirectory }: CliConfig, log: string): Failure {
  const said = readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n');
  return new Failure(
    'unreachable',
    `The server of ${dataDirectory} could not start${said === '' ? '' : `: ${said}`}`,
    {
      hint: `Its log is in ${log}.`,
    },
  );
}
