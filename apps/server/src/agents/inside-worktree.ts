import { readlink, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** A step that can't be done; its message is the reason the run gives. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';
}

/**
 * The absolute path of a worktree file, or a `StepFailure` where it lies outside.
 *
 * Links are followed before judging, the file's own as well, because a link
 * inside the worktree that points out of it is a way out.
 */
export async function insideWorktree(root: string, path: string): Promise<string> {
  const target = resolve(root, path);
  if (path === '' || isAbsolute(path) || !isUnder(resolve(root), target)) {
    throw new StepFailure(`${path === '' ? 'An empty path' : path} is outside the worktree`);
  }
  const real = await realExisting(target);
  if (!isUnder(await realpath(root), real))
    throw new StepFailure(`${path} leads out of the worktree by a link`);
  return target;
}

function isUnder(root: string, target: string): boolean {
  const way = relative(root, target);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The real place of a path whose last parts may not exist yet. */
async function realExisting(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    const link = await readlink(path).catch(() => null);
    // A link to nowhere is still followed by whoever writes to it.
    if (link !== null) return realExisting(resolve(dirname(path), link));
    const parent = dirname(path);
    if (parent === path) return path;
    return join(await realExisting(parent), relative(parent, path));
  }
}
