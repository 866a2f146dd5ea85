import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { type HistorySpec, writeHistory } from './history.ts';

/** Raised when the same numbers make another history. */
const VERSION = 1;

/** A repository with a `main`, a `clash` on top of it, and `task/1` to `task/N` that start at `main`. */
export interface WorkloadRepository {
  /** Absolute path of a bare repository that nobody may write to. */
  readonly gitDir: string;
  readonly spec: HistorySpec;
}

/** Gives the repository of these numbers, made once and kept under the temporary directory. */
export async function workloadRepository(spec: HistorySpec): Promise<WorkloadRepository> {
  const hash = createHash('sha256')
    .update(JSON.stringify({ VERSION, ...spec }))
    .digest('hex')
    .slice(0, 16);
  const gitDir = join(tmpdir(), 'thalogos-bench', hash, 'repository.git');
  if (!existsSync(gitDir)) await make(gitDir, spec);
  return { gitDir, spec };
}

async function make(gitDir: string, spec: HistorySpec): Promise<void> {
  const making = `${gitDir}.making-${process.pid}`;
  await mkdir(making, { recursive: true });
  await promisify(execFile)('git', ['init', '--quiet', '--bare', '--initial-branch=main', making]);
  const child = spawn('git', ['fast-import', '--quiet'], {
    cwd: making,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await pipeline(Readable.from(writeHistory(spec)), child.stdin);
  if ((await ended) !== 0) throw new Error(`git fast-import could not make ${gitDir}`);
  await rm(gitDir, { recursive: true, force: true });
  await rename(making, gitDir);
}
