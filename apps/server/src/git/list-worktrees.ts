import type { Oid } from '@thalogos/contracts';
import type { Repository } from './git.ts';
import { gitPathFrom, splitNul } from './git-path.ts';

/** One checkout that a repository knows of. */
export interface ListedWorktree {
  readonly path: string;
  /** True for the entry of a bare repository itself, which has no files. */
  readonly isBare: boolean;
  readonly head: Oid | null;
  /** Full name of the branch; null when detached. */
  readonly branch: string | null;
  /** Why it is locked; null when it is not. */
  readonly locked: string | null;
}

/** Every checkout of a repository, its main one first. */
export async function listWorktrees(repository: Repository): Promise<ListedWorktree[]> {
  const { stdout } = await repository.git.plumbing({
    purpose: 'list the worktrees',
    gitDir: repository.gitDir,
    args: ['worktree', 'list', '--porcelain', '-z'],
  });
  const worktrees: ListedWorktree[] = [];
  let lines: string[] = [];
  for (const field of splitNul(stdout)) {
    if (field.length > 0) lines.push(gitPathFrom(field));
    else {
      worktrees.push(parseWorktree(lines));
      lines = [];
    }
  }
  return worktrees;
}

function parseWorktree(lines: readonly string[]): ListedWorktree {
  const value = (name: string) => {
    const line = lines.find((candidate) => candidate === name || candidate.startsWith(`${name} `));
    return line === undefined ? null : line.slice(name.length + 1);
  };
  return {
    path: value('worktree') ?? '',
    isBare: value('bare') !== null,
    head: value('HEAD'),
    branch: value('branch'),
    locked: value('locked'),
  };
}
