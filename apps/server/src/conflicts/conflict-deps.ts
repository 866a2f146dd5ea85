import type { Oid, Project, ProjectId, Settled, TaskId, TaskState } from '@thalogos/contracts';
import type { Repository } from '../git/git.ts';
import type { Clock } from '../platform/clock.ts';
import type { Recorder } from '../platform/recorder.ts';
import type { ConflictSides, FoundConflict } from './conflict.ts';
import type { ConflictStore } from './conflict-store.ts';

/** A task as far as conflicts are concerned. */
export interface ConflictTask {
  readonly id: TaskId;
  readonly session: string;
  readonly title: string;
  readonly text: string;
  readonly agent: string;
  readonly state: TaskState;
  readonly result: Oid | null;
  /** The conflict that it proposes a solution for; null for every other task. */
  readonly settles: string | null;
}

/** What a Save started now would meet and settle; `main` is the commit that it would build on. */
export interface Met {
  readonly main: Oid;
  readonly found: readonly FoundConflict[];
  readonly settled: readonly Settled[];
}

/** A proposal to be worked out by an agent. */
export interface ProposalOrder {
  readonly project: ProjectId;
  readonly session: string;
  /** The conflict that it is for. */
  readonly settles: string;
  readonly title: string;
  readonly text: string;
  /** Null for whoever usually gets what is addressed to nobody. */
  readonly agent: string | null;
  /** The commit that its worktree starts from. */
  readonly base: Oid;
}

/** What conflicts need of everything else. */
export interface ConflictsDeps {
  readonly store: ConflictStore;
  readonly recorder: Recorder;
  readonly clock: Clock;
  /** Synchronous: called inside the transaction that it reports. */
  readonly audit: { append(entry: AuditNote): unknown };
  place(project: string): { readonly project: Project; readonly hub: Repository };
  projects(): readonly string[];
  findTask(task: string): ConflictTask | null;
  meet(project: string): Promise<Met>;
  /** Whether a Save of the project is unfinished. */
  isFrozen(project: string): boolean;
  /** Sends an approved proposal back to review; inside the caller's transaction. */
  reopen(task: TaskId, why: string, by: string): void;
}

/** Plans and starts the task of a proposal; `within` runs in the same transaction. */
export type OrderProposal = (
  proposal: ProposalOrder,
  by: string,
  within: (task: TaskId) => void,
) => Promise<TaskId>;

/** Who did what on what, for the audit chain. */
export interface AuditNote {
  readonly who: string;
  readonly what: string;
  readonly onWhat: string;
  readonly why: string;
  readonly source: string;
}

/** A path in conflict as a merge offers it to be settled. */
export interface OfferedPath extends ConflictSides {
  readonly path: string;
}

/** What a path in conflict becomes, and who settled it. */
export interface PathSettlement {
  readonly content: { readonly oid: Oid } | null;
  readonly mode: string;
  readonly by: string;
}
