import type { ConfigProblem, Project, ProjectConfig, TimelineEntry } from '@thalogos/contracts';
import type { Git, Repository, SigningKey } from '../git/git.ts';
import type { Clock } from '../platform/clock.ts';
import type { Db } from '../platform/database.ts';
import type { Recorder } from '../platform/recorder.ts';
import type { PromotionFailpoint } from './promotion-failpoints.ts';

/** Where a project's repositories are. */
export interface BranchPlace {
  readonly project: Project;
  readonly hub: Repository;
  readonly person: { readonly gitDir: string; readonly workTree: string | null };
}

/** What the branches need to know about projects. */
export interface BranchProjects {
  /** Every registered project. */
  ids(): readonly string[];
  place(project: string): BranchPlace;
  /** The settings at the newest commit of the project's branch. */
  settingsAt(
    project: string,
    commit: null,
  ): Promise<{
    readonly config: ProjectConfig;
    readonly problems: readonly ConfigProblem[];
    readonly hash: string;
  }>;
  isTrusted(project: string, hash: string): boolean;
}

/** One line of the timeline as it is kept. */
export interface BranchTimelineRow {
  readonly project: string;
  readonly entry: TimelineEntry;
  readonly base: string | null;
  readonly tagObject: string | null;
}

/** The timeline's book, in which promotions are written too. */
export interface BranchTimeline {
  append(row: BranchTimelineRow): void;
  find(project: string, tag: string): BranchTimelineRow | null;
  /** Checkpoints, oldest first. */
  landed(project: string): readonly BranchTimelineRow[];
}

/** The chain of audited acts; `append` belongs inside a transaction. */
export interface BranchAudit {
  append(entry: {
    readonly who: string;
    readonly what: string;
    readonly onWhat: string;
    readonly why: string;
    readonly source: string;
  }): unknown;
}

/** The part of the log that is written to from here. */
export interface BranchLogger {
  info(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** Everything that the use cases on branches are made of. */
export interface BranchesDeps {
  readonly db: Db;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly git: Git;
  readonly projects: BranchProjects;
  readonly timeline: BranchTimeline;
  readonly audit: BranchAudit;
  readonly keys: { signing(): Promise<SigningKey> };
  /** A task's title and state; null for one that there is not. */
  readonly findTask: (task: string) => { readonly title: string; readonly state: string } | null;
  /** Whether a session is not closed yet. */
  readonly isOpen: (session: string) => boolean;
  /** What of the person's own environment signs in at a remote: their ssh agent, their askpass. */
  readonly signIn: Readonly<Record<string, string>>;
  /** The forge's token, from the environment alone; null where there is none. */
  readonly forgeToken: string | null;
  readonly failpoint: (name: PromotionFailpoint) => void;
  readonly logger: BranchLogger;
}
