import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Oid, ProjectConfig } from '@thalogos/contracts';
import type { Repository } from '../git/git.ts';
import { listTree, type TreeEntry } from '../git/ls-tree.ts';
import type { Environment } from '../platform/process.ts';
import { isPlainName } from './copy-files.ts';
import { runsSomething, setupInputs } from './setup-inputs.ts';

/** Raised when the same inputs would be kept in another way. */
const FORMAT = 1;
const MANIFEST_BYTES = 4 * 1024 * 1024;

/** A setup that is about to run. */
export interface SetupPlace {
  readonly hub: Repository;
  readonly path: string;
  readonly commit: Oid;
  readonly config: ProjectConfig;
  readonly environment: Environment;
}

/** The hash of everything that a setup's result depends on: commands, files, programs, machine. */
export async function setupKey({ hub, path, commit, config, environment }: SetupPlace): Promise<string> {
  const entries = await listTree(hub, commit);
  const paths = entries.map((entry) => entry.path);
  const declared = config.cache.inputs;
  const inputs = setupInputs({ commands: config.setup, paths, declared });
  const named = new Set(inputs.kind === 'some' ? inputs.paths : paths);
  const some = entries.filter((entry) => named.has(entry.path));
  // What the project file declares is taken at its word; what was concluded here is looked at.
  const isAll = inputs.kind === 'all' || (declared.length === 0 && (await someRun(hub, some)));
  const copied = await Promise.all(config.copy.filter(isPlainName).map((name) => digestOf(join(path, name))));
  const facts = {
    ...{ format: FORMAT, setup: config.setup, copied },
    ...{ platform: process.platform, arch: process.arch, node: process.version, path: environment['PATH'] },
    files: (isAll ? entries : some).map(({ mode, oid, path: name }) => [mode, oid, name]),
  };
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}

async function someRun(hub: Repository, entries: readonly TreeEntry[]): Promise<boolean> {
  for (const { oid, path, type } of entries) {
    if (type !== 'blob') return true;
    const blob = await hub.git.readObject({ gitDir: hub.gitDir, oid, maxSize: MANIFEST_BYTES });
    if (blob?.content == null || runsSomething(path, blob.content.toString())) return true;
  }
  return false;
}

/** Null for what is no file: only files are copied, and an agent may have put something else there since. */
async function digestOf(file: string): Promise<string | null> {
  try {
    if (!(await lstat(file)).isFile()) return null;
    return createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR'))
      return null;
    throw new Error(`Could not read ${file}`, { cause });
  }
}
