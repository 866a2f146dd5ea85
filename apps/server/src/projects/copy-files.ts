import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';

/** What is copied, from where to where; names are relative and stay inside both folders. */
export interface CopyRequest {
  /** The person's checkout. */
  readonly from: string;
  readonly to: string;
  readonly names: readonly string[];
  /** The file that names what git ignores in the copy's repository. */
  readonly excludeFile: string;
}

/**
 * Copies regular files such as `.env` that a repository does not hold but its programs need.
 *
 * A link is never followed out of the checkout and nothing that exists is overwritten;
 * what was copied is ignored from then on, so that no secret gets into a commit.
 */
export async function copyFiles({ from, to, names, excludeFile }: CopyRequest): Promise<readonly string[]> {
  const copied: string[] = [];
  for (const name of names) {
    if (
      !isPlainName(name) ||
      !(await isOwnFile(from, name)) ||
      !(await isInside(to, dirname(join(to, name))))
    )
      continue;
    await mkdir(dirname(join(to, name)), { recursive: true });
    if (await copyNew(join(from, name), join(to, name))) copied.push(name);
  }
  if (copied.length > 0) await exclude(excludeFile, copied);
  return copied;
}

/** Whether a name stays inside the folder that it is looked for in, and out of git's own. */
export function isPlainName(name: string): boolean {
  const parts = name.split(/[/\\]/);
  return (
    name !== '' &&
    !isAbsolute(name) &&
    !parts.includes('..') &&
    !parts.some((part) => part.toLowerCase() === '.git')
  );
}

async function isOwnFile(root: string, name: string): Promise<boolean> {
  const path = join(root, name);
  const found = await orNull(lstat(path));
  return found?.isFile() === true && (await isInside(root, dirname(path)));
}

/** Whether the real place of a folder, or of the nearest one above it that exists, is inside `root`. */
async function isInside(root: string, folder: string): Promise<boolean> {
  const real = await orNull(realpath(folder));
  if (real === null) return dirname(folder) !== folder && isInside(root, dirname(folder));
  const way = relative(await realpath(root), real);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

async function copyNew(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL);
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
    throw new Error(`Could not copy ${from} to ${to}`, { cause });
  }
}

async function exclude(file: string, names: readonly string[]): Promise<void> {
  const before = (await orNull(readFile(file, 'utf8'))) ?? '';
  const known = new Set(before.split('\n'));
  const lines = names.map(pattern).filter((line) => !known.has(line));
  if (lines.length === 0) return;
  await mkdir(dirname(file), { recursive: true });
  const start = before === '' || before.endsWith('\n') ? before : `${before}\n`;
  await writeFile(file, `${start}${lines.join('\n')}\n`);
}

function pattern(name: string): string {
  return `/${name.replaceAll(/[\\*?[\]!#]/g, String.raw`\$&`)}`;
}

/** Null where there is nothing of that name. */
async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR'))
      return null;
    throw cause;
  }
}
