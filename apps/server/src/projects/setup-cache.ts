import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { TrackedNames } from '../git/clear-worktree.ts';
import { removeTree } from '../git/remove-tree.ts';
import { copyMade, foldersAround } from './copy-made.ts';
import { listMade, MadeFile, pathOf } from './made-files.ts';

/** How much is kept of one project. */
export interface CacheLimits {
  readonly entries: number;
  readonly bytes: number;
}

const LIMITS: CacheLimits = { entries: 6, bytes: 4 * 1024 ** 3 };
/** A file larger than this is not looked through for the path it was made in, so nothing beside it is kept. */
const SEARCHED = 256 * 1024 * 1024;

const Manifest = z.object({
  /** The worktree it was made in, which some of the files name. */
  origin: z.string(),
  mentions: z.array(z.string()),
  files: z.array(MadeFile),
});
type Manifest = z.infer<typeof Manifest>;

/** What setups made, by the hash of what they read. */
export interface SetupCache {
  /** Copies what is kept under a key into a worktree; `failed`: perhaps only a part of it is there. */
  restore(key: string, worktree: string): Promise<'restored' | 'absent' | 'failed'>;
  /** Keeps what a worktree holds beside its tracked files; false for what can't be used elsewhere. */
  keep(key: string, worktree: string, known: TrackedNames): Promise<boolean>;
}

/** The cache of one project, in a folder of its own. */
export function makeSetupCache(folder: string, limits: CacheLimits = LIMITS): SetupCache {
  return {
    restore: (key, worktree) => restore(folder, key, worktree),
    keep: (key, worktree, known) => keep({ folder, limits }, { key, worktree, known }),
  };
}

async function restore(folder: string, key: string, worktree: string): ReturnType<SetupCache['restore']> {
  const entry = join(folder, key);
  const manifest = await readManifest(entry);
  if (manifest === null) return 'absent';
  const { origin, mentions, files } = manifest;
  try {
    const now = new Date();
    await utimes(entry, now, now);
    const from = join(entry, 'files');
    await copyMade({ from, to: worktree, files, origin, mentions: new Set(mentions), place: worktree });
    return 'restored';
  } catch {
    // Damaged, cleared away meanwhile, or something is in the way: the setup itself decides then.
    return 'failed';
  }
}

async function readManifest(entry: string): Promise<Manifest | null> {
  try {
    return Manifest.parse(JSON.parse(await readFile(join(entry, 'manifest.json'), 'utf8')));
  } catch {
    // Not there, or torn: as good as not there.
    return null;
  }
}

interface Cached {
  readonly folder: string;
  readonly limits: CacheLimits;
}

interface Keeping {
  readonly key: string;
  readonly worktree: string;
  readonly known: TrackedNames;
}

async function keep(cached: Cached, { key, worktree, known }: Keeping): Promise<boolean> {
  const { folder, limits } = cached;
  const making = join(folder, `making-${randomUUID()}`);
  try {
    const made = await lookThrough(limits, worktree, known);
    if (made === null) return false;
    const to = join(making, 'files');
    await mkdir(to, { recursive: true, mode: 0o700 });
    for (const folder of foldersAround(made.files)) await mkdir(pathOf(to, folder), { recursive: true });
    const same = { origin: worktree, place: worktree, mentions: new Set<string>() };
    await copyMade({ from: worktree, to, files: made.files, ...same });
    await writeFile(join(making, 'manifest.json'), JSON.stringify(made));
    await removeTree(join(folder, key));
    await rename(making, join(folder, key));
    await clearUp(folder, limits);
    return true;
  } catch {
    // A full disk, a file that may not be read, another worktree that keeps the same: the setup itself went well.
    await removeTree(making);
    return false;
  }
}

/** A setup that leaves no file does its work elsewhere, and has to do it each time. */
async function lookThrough(
  limits: CacheLimits,
  origin: string,
  known: TrackedNames,
): Promise<Manifest | null> {
  const files = await listMade(origin, known);
  if (files === null || files.length === 0 || sizeOf(files) > limits.bytes / 2) return null;
  const mentions = await findMentions(origin, files);
  return mentions === null ? null : { origin, mentions, files: [...files] };
}

function sizeOf(files: readonly MadeFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

/** The files whose text names the worktree; null where one that is not text does, which can't be made to fit elsewhere. */
async function findMentions(worktree: string, files: readonly MadeFile[]): Promise<string[] | null> {
  const mentions: string[] = [];
  for (const { name, kind, size } of files) {
    if (kind !== 'file') continue;
    if (size > SEARCHED) return null;
    const bytes = await readFile(pathOf(worktree, name));
    if (!bytes.includes(worktree)) continue;
    if (bytes.includes(0)) return null;
    mentions.push(name);
  }
  return mentions;
}

/** An hour is more than any copy takes. */
const ABANDONED_MS = 3_600_000;

/** The entries used longest ago go, until few enough and little enough are left; so does what a crash left half made. */
async function clearUp(folder: string, limits: CacheLimits): Promise<void> {
  const entries = await Promise.all((await readdir(folder)).map((name) => measure(folder, name)));
  const newest = Math.max(...entries.map(({ used }) => used));
  const [making, made] = [true, false].map((half) => entries.filter(({ isHalf }) => isHalf === half));
  for (const { path, used } of making ?? []) if (used < newest - ABANDONED_MS) await removeTree(path);
  let bytes = 0;
  for (const [index, entry] of (made ?? []).toSorted((a, b) => b.used - a.used).entries()) {
    bytes += entry.bytes;
    if (index >= limits.entries || bytes > limits.bytes) await removeTree(entry.path);
  }
}

async function measure(folder: string, name: string) {
  const path = join(folder, name);
  const isHalf = name.startsWith('making-');
  const [manifest, { mtimeMs: used }] = await Promise.all([isHalf ? null : readManifest(path), stat(path)]);
  return { path, isHalf, used, bytes: sizeOf(manifest?.files ?? []) };
}
