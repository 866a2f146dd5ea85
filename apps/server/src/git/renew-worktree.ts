import { readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Oid } from '@thalogos/contracts';
import { checkOutFiles } from './add-worktree.ts';
import { clearWorktree, listTracked } from './clear-worktree.ts';
import type { Checkout } from './git.ts';
import { restoreConfig } from './own-config.ts';
import { PRISTINE, restoreIndex } from './pristine-index.ts';
import { removeTree } from './remove-tree.ts';
import { POOLED } from './worktree-records.ts';

/** What a worktree's record keeps from one use to the next; all else in it may have been left by the last one. */
const KEPT = new Set(['gitdir', PRISTINE, POOLED]);

/** What a used worktree becomes. */
export interface Renewal {
  readonly base: Oid;
  /** Why nobody may remove it. */
  readonly reason: string;
}

/**
 * Makes a used worktree a clean one, detached at `base`: its index and HEAD are new, and of its files only those stay
 * that are as our own check-out left them. Its record must carry the mark of the pool; it is taken away by the caller.
 */
export async function renewWorktree(worktree: Checkout, { base, reason }: Renewal): Promise<void> {
  const { git, gitDir, workTree } = worktree;
  // The config is the hub's, shared by all its worktrees; git in a worktree writes there.
  await restoreConfig({ git, gitDir: join(gitDir, '..', '..') });
  await renewRecord(gitDir, { base, reason });
  // A private exclude file or an index with assume-unchanged bits would hide what the last agent left.
  await restoreIndex(gitDir);
  await clearWorktree(workTree, await listTracked(worktree));
  await put(join(workTree, '.git'), `gitdir: ${gitDir}\n`);
  await checkOutFiles(worktree);
}

/** A sparse checkout, a config of its own, half a rebase, a lock: none of it is the next user's. */
async function renewRecord(gitDir: string, { base, reason }: Renewal): Promise<void> {
  const left = (await readdir(gitDir)).filter((name) => !KEPT.has(name));
  for (const name of left) await removeTree(join(gitDir, name));
  await writeFile(join(gitDir, 'commondir'), '../..\n');
  await writeFile(join(gitDir, 'locked'), `${reason}\n`);
  await writeFile(join(gitDir, 'HEAD'), `${base}\n`);
}

async function put(path: string, content: string): Promise<void> {
  const making = `${path}.thalogos`;
  await writeFile(making, content, { flag: 'wx' });
  await rename(making, path);
}
