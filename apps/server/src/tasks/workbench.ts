import type { Argv, Oid } from '@thalogos/contracts';
import type { TaskRecord, Work } from './task.ts';
import type { TaskFile } from './task-files.ts';

/** What a task starts from. */
export type BaseOutcome =
  | { readonly kind: 'base'; readonly commit: Oid }
  | { readonly kind: 'conflicted'; readonly files: readonly string[]; readonly titles: readonly string[] };

/** Whether a task's worktree is ready for its agent. */
export type WorktreeOutcome =
  | {
      readonly kind: 'ready';
      readonly path: string;
      readonly stateDir: string;
      /** What is worth saying about how it was made ready; null for nothing. */
      readonly remark: string | null;
      /** What came with its goal, for its agent to read; none where it is absent. */
      readonly files?: readonly TaskFile[];
    }
  | { readonly kind: 'setup-failed'; readonly command: Argv; readonly log: string }
  | { readonly kind: 'not-trusted' }
  /** What a person made of the task's result could not be brought into it. */
  | { readonly kind: 'not-current'; readonly why: string };

/** What became of the files that a run left. */
export type CommitOutcome =
  | { readonly kind: 'committed'; readonly work: Work }
  | { readonly kind: 'refused'; readonly why: string };

/** Whether a task's work was brought onto a newer base. */
export type BaseMove =
  | { readonly kind: 'current' }
  /** `files`: what is different in the worktree now. */
  | {
      readonly kind: 'moved';
      readonly to: Oid;
      readonly work: Work | null;
      readonly files: readonly string[];
    }
  | { readonly kind: 'behind'; readonly to: Oid; readonly conflicts: readonly string[] };

/** Everything about a task's place in git: its base, its worktree, its result. Agents never touch refs; this does. */
export interface Workbench {
  /** The project's main with the results of every task that this one waits for. */
  base(task: TaskRecord, ancestors: readonly TaskRecord[]): Promise<BaseOutcome>;
  /** Makes the worktree at `base`, or keeps the one that is there; `signal` ends a setup that is under way. */
  worktree(task: TaskRecord, base: Oid, signal: AbortSignal): Promise<WorktreeOutcome>;
  /** Commits what is in the worktree to the task's branch; nothing changed is a result without a commit. */
  commit(task: TaskRecord): Promise<CommitOutcome>;
  /** Keeps what is in the worktree now under `refs/thalogos/wip`, so that nothing an agent wrote can be lost. */
  snapshot(task: TaskRecord): Promise<void>;
  /** What the worktree holds beside the task's base, as a unified diff; empty where there is no worktree. */
  changes(task: TaskRecord): Promise<string>;
  /** Something that changes whenever a file of the worktree does; for whoever watches. */
  imprint(task: TaskRecord): Promise<string>;
  /** Brings the work onto the newest base where that merges cleanly; the caller writes it down, then calls `followed`. */
  follow(task: TaskRecord, ancestors: readonly TaskRecord[]): Promise<BaseMove>;
  /** Ends a move that was written down. */
  followed(task: TaskRecord): Promise<void>;
  /** Takes the worktree of a cancelled task away, after a snapshot; another task may get it, cleaned. */
  discard(task: TaskRecord): Promise<void>;
  /** Makes worktrees of saved tasks free for the next ones, after a snapshot, and takes the oldest away where there are many. */
  tend(project: string): Promise<void>;
}
