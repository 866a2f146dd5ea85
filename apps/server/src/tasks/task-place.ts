import type { Argv, ConfigProblem, Oid, Project, ProjectConfig } from '@thalogos/contracts';
import type { Repository, SigningKey } from '../git/git.ts';
import type { Clock } from '../platform/clock.ts';
import type { TaskRecord } from './task.ts';

/** Where a project's repositories are. */
export interface TaskPlace {
  readonly project: Project;
  readonly hub: Repository;
  readonly person: { readonly gitDir: string; readonly workTree: string | null };
  readonly directory: string;
}

/** What the tasks need of projects. */
export interface TaskProjects {
  place(project: string): TaskPlace;
  settingsAt(project: string, commit: Oid | null): Promise<TaskSettings>;
  isTrusted(project: string, hash: string): boolean;
  refresh(project: string): Promise<{ readonly newest: Oid | null }>;
  prepareWorktree(request: {
    readonly place: TaskPlace;
    readonly path: string;
    readonly commit: Oid;
    readonly config: ProjectConfig;
    readonly mark: string;
    readonly trusted: boolean;
    readonly signal: AbortSignal;
  }): Promise<
    | { readonly kind: 'ready'; readonly setup: 'none' | 'ran' | 'cached'; readonly inputs: string | null }
    | { readonly kind: 'setup-failed'; readonly command: Argv; readonly log: string }
    | { readonly kind: 'not-trusted' }
  >;
  /** The hash of what a worktree's setup reads at a commit; null where there is no setup. */
  setupInputs(request: {
    readonly place: TaskPlace;
    readonly path: string;
    readonly commit: Oid;
    readonly config: ProjectConfig;
  }): Promise<string | null>;
}

/** A project's settings at one commit. */
export interface TaskSettings {
  readonly config: ProjectConfig;
  readonly problems: readonly ConfigProblem[];
  readonly hash: string;
}

/** What a task's place in git is worked out with. */
export interface PlaceDeps {
  readonly projects: TaskProjects;
  readonly clock: Clock;
  readonly signingKey: () => Promise<SigningKey>;
  readonly version: string;
  /** The checkpoint's commit that a session branched off from; null for one that starts from the newest main. */
  readonly sessionBase: (session: string) => Oid | null;
  /** Every task of a project. */
  readonly tasksOf: (project: string) => readonly TaskRecord[];
  /** Why what a task changes is not kept, such as a role that only reads; null where it is. */
  readonly readsOnlyBecause: (task: TaskRecord) => Promise<ReadsOnly | null>;
  /** The mark of a task's setup processes, or of a run's. */
  readonly markOf: (what: string) => string;
}

/** Why a task leaves words and no files, and what lets it write. */
export interface ReadsOnly {
  readonly why: string;
  readonly fix: string;
}
