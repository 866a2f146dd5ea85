import { accessSync, constants, statfsSync, statSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { AgentInfo } from '@thalogos/contracts';
import { collectOutput } from '../platform/bounded-output.ts';
import { type Environment, startProcess } from '../platform/process.ts';
import type { Findings } from './doctor.ts';

/** What an examination needs to know of the server. */
export interface Patient {
  readonly dataDirectory: string;
  /** The environment for the programs that are asked for their version. */
  readonly environment: Environment;
  readonly sqliteVersion: () => string;
  readonly agents: () => Promise<readonly AgentInfo[]>;
  readonly contained: boolean;
  /** Why one task is tried at a time; null while tasks start as they come. */
  readonly degraded: () => string | null;
}

/** Looks at the machine; nothing is changed. */
export async function examine({
  dataDirectory,
  environment,
  sqliteVersion,
  agents,
  contained,
  degraded,
}: Patient): Promise<Findings> {
  const [git, sshKeygen, stdbuf, rows] = await Promise.all([
    gitVersion(dataDirectory, environment),
    isOnPath('ssh-keygen', environment),
    isOnPath('stdbuf', environment),
    agents(),
  ]);
  const { bavail, bsize } = statfsSync(dataDirectory);
  return {
    node: process.versions.node,
    git,
    sshKeygen,
    stdbuf,
    sqlite: sqliteVersion(),
    freeBytes: bavail * bsize,
    dataDirectory: { path: dataDirectory, problem: findProblem(dataDirectory) },
    agents: rows,
    contained,
    degraded: degraded(),
  };
}

async function gitVersion(cwd: string, environment: Environment): Promise<string | null> {
  if (!(await isOnPath('git', environment))) return null;
  const running = await startProcess({
    command: 'git',
    args: ['--version'],
    cwd,
    environment,
    mark: 'doctor',
  });
  const output = collectOutput(running.stdout, { limit: 1000 });
  const { code } = await running.exited;
  return code === 0 ? (/\d+(?:\.\d+)+/.exec(output.bytes().toString())?.[0] ?? null) : null;
}

async function isOnPath(program: string, environment: Environment): Promise<boolean> {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const tries = await Promise.allSettled(
    folders.map((folder) => access(join(folder, program), constants.X_OK)),
  );
  return tries.some(({ status }) => status === 'fulfilled');
}

function findProblem(dataDirectory: string): string | null {
  try {
    accessSync(dataDirectory, constants.W_OK);
  } catch {
    return `${dataDirectory} can’t be written`;
  }
  const mode = statSync(dataDirectory).mode & 0o777;
  return (mode & 0o077) === 0 ? null : `${dataDirectory} can be read by others (mode ${mode.toString(8)})`;
}
