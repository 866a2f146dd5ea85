import type { Branch, ForgeCheck } from '@thalogos/contracts';
import { formatNoun } from '../../lib/format.ts';
import type { StateLook } from '../../ui/task-look.ts';

/** Branches of one kind under their heading. */
export interface BranchGroup {
  readonly title: string;
  readonly branches: readonly Branch[];
}

const KINDS: readonly (readonly [Branch['kind'], string])[] = [
  ['main', 'Where checkpoints land'],
  ['checkpoint-branch', 'Where checkpoints are promoted to'],
  ['integration', 'Sessions, as they would land'],
  ['task', 'Tasks'],
];

/** The branches that hold what is looked for, by what they are for; headings without a branch are left out. */
export function groupBranches(branches: readonly Branch[], text: string): readonly BranchGroup[] {
  const needle = text.trim().toLowerCase();
  const found = branches.filter(({ name, task, worktree }) =>
    [name, task?.title ?? '', worktree ?? ''].some((word) => word.toLowerCase().includes(needle)),
  );
  return KINDS.map(([kind, title]) => ({
    title,
    branches: found.filter((branch) => branch.kind === kind),
  })).filter((group) => group.branches.length > 0);
}

/** What a branch is called: by its task, else by its name. */
export function branchTitle({ task, name }: Branch): string {
  return task === null ? name : task.title;
}

/** What stands below that: the name of a task's branch, the checkpoint that another holds. */
export function branchSubtitle({ task, name, checkpoint, kind }: Branch): string {
  if (task !== null) return name;
  if (checkpoint !== null) return checkpoint;
  return kind === 'integration' ? 'what the session would land' : '';
}

/** How far a branch is from `main`, in words. */
export function sayApart({ kind, ahead, behind }: Pick<Branch, 'kind' | 'ahead' | 'behind'>): string {
  if (kind === 'main') return 'main itself';
  if (ahead === 0 && behind === 0) return 'level with main';
  const parts = [
    ahead === 0 ? null : `${formatNoun(ahead, 'commit')} ahead`,
    behind === 0 ? null : `${formatNoun(behind, 'commit')} behind`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

/** How the push of a branch looks, and the word for it. */
export function pushLook({ state }: NonNullable<Branch['push']>): { look: StateLook; word: string } {
  switch (state) {
    case 'pending':
      return { look: 'queued', word: 'to be pushed' };
    case 'pushed':
      return { look: 'ready', word: 'pushed' };
    case 'failed':
      return { look: 'failed', word: 'push failed, tried again' };
    case 'rejected':
      return { look: 'conflict', word: 'push rejected' };
  }
}

/** How a check of the forge looks. */
export function forgeLook({ state }: ForgeCheck): StateLook {
  switch (state) {
    case 'pending':
      return 'running';
    case 'passed':
      return 'ready';
    case 'failed':
      return 'failed';
    case 'unverified':
      return 'waiting';
    case 'skipped':
      return 'cancelled';
  }
}
