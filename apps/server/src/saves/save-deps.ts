import type {
  Argv,
  ConfigProblem,
  FileCounts,
  Oid,
  Project,
  ProjectConfig,
  ProjectId,
  SaveId,
  SessionId,
  Settled,
  TaskId,
  TaskState,
  TimelineEntry,
} from '@thalogos/contracts';
import type { Git, Repository, SigningKey } from '../git/git.ts';
import type { Clock } from '../platform/clock.ts';
import type { Db } from '../platform/database.ts';
import type { Environment, ProcessOptions, RunningProcess } from '../platform/process.ts';
import type { Recorder } from '../platform/recorder.ts';
import type { Failpoint } from './failpoints.ts';
import type { AskOutside } from './outside-checks.ts';
import type { FoundConflict } from './name-conflicts.ts';
import type { Settle } from './settle.ts';

/** Where a project's repositories are. */
export interface ProjectPlace {
  readonly project: Project;
  /** The bare repository that the orchestrator owns. */
  readonly hub: Repository;
  /** The person's own repository; `workTree` is null for a bare one. */
  readonly person: { readonly gitDir: string; readonly workTree: string | null };
  /** The project's part of the data directory. */
  readonly directory: string;
}

/** A project's settings at one commit. */
export interface ProjectSettings {
  readonly config: ProjectConfig;
  readonly problems: readonly ConfigProblem[];
  readonly file: string | null;
  readonly hash: string;
}

/** How making a checkout ready went. */
export type Preparation =
  | { readonly kind: 'ready' }
  | { readonly kind: 'setup-failed'; readonly command: Argv; readonly log: string }
  | { readonly kind: 'not-trusted' };

/** What a Save needs to know about projects. */
export interface SaveProjects {
  /** Every registered project. */
  ids(): readonly string[];
  place(project: string): ProjectPlace;
  settingsAt(project: string, commit: Oid | null): Promise<ProjectSettings>;
  isTrusted(project: string, hash: string): boolean;
  /** Fetches the person's branch into the hub and gives its head. */
  refresh(project: string): Promise<{ readonly head: Oid | null }>;
  /** Notes, inside the caller's transaction, that the project's branch stands at `head` now. */
  moved(project: string, head: Oid): void;
  prepareWorktree(request: PrepareRequest): Promise<Preparation>;
}

/** A checkout to make, and what its setup may do. */
export interface PrepareRequest {
  readonly place: ProjectPlace;
  readonly path: string;
  readonly commit: Oid;
  readonly config: ProjectConfig;
  readonly mark: string;
  readonly trusted: boolean;
}

/** A task as a Save sees it. */
export interface SavableTask {
  readonly id: TaskId;
  readonly session: SessionId;
  readonly title: string;
  readonly agent: string;
  readonly text: string;
  readonly after: readonly TaskId[];
  readonly createdAt: number;
  readonly branch: string;
  readonly state: TaskState;
  readonly base: Oid | null;
  readonly result: Oid | null;
  readonly tree: Oid | null;
  readonly approval: {
    readonly by: string;
    readonly tree: Oid;
    readonly result: Oid;
    readonly at: number;
    /** True for one that was given in advance or by a pattern: nobody has looked at this very result. */
    readonly isUnasked?: boolean;
  } | null;
  readonly model: string | null;
  readonly agentVersion: string | null;
  readonly files: FileCounts;
}

/** What a Save needs of tasks. */
export interface SaveTasks {
  /** Every task of the project that is not cancelled, saved ones too. */
  savable(project: string): readonly SavableTask[];
  /** Synchronous: called inside the transaction that records the checkpoint. */
  markSaved(ids: readonly TaskId[], landing: { readonly save: string; readonly tag: string }): void;
  /** Waits for results that are being committed right now. */
  settle(project: string): Promise<void>;
  /** Keeps what every running agent has written so far under `refs/thalogos/wip`. */
  snapshotRunning(project: string): Promise<void>;
}

/** The hash chain of audited acts; `append` belongs inside a transaction. */
export interface AuditChain {
  append(entry: AuditEntry): unknown;
  /** The newest entry's hash. */
  head(): { readonly hash: string };
}

/** One audited act. */
export interface AuditEntry {
  readonly who: string;
  readonly what: string;
  readonly onWhat: string;
  readonly why: string;
  readonly source: string;
}

/** One line of the timeline as it is kept; what depends on later lines is derived when it is read. */
export interface TimelineRow {
  readonly project: string;
  readonly entry: TimelineEntry;
  readonly base: Oid | null;
  readonly tagObject: Oid | null;
}

/** The timeline's book, in which every Save that landed or failed is written. */
export interface TimelineBook {
  /** Synchronous: called inside the transaction that ends or records the Save. */
  append(row: TimelineRow): void;
  /** The checkpoint of that name. */
  find(project: string, tag: string): TimelineRow | null;
  /** Checkpoints, oldest first. */
  landed(project: string): readonly TimelineRow[];
  /** The last checkpoint, null before the first. */
  last(project: string): TimelineRow | null;
  /** Saved tasks whose work is not on `main` any more. */
  undone(project: string): ReadonlySet<TaskId>;
  /** The checkpoints that restoring `tag` would undo, oldest first. */
  undoneBy(project: string, tag: string): readonly TimelineRow[];
}

/** The key with which checkpoints are signed. */
export interface SigningKeys {
  /** Makes the key the first time. */
  signing(): Promise<SigningKey>;
}

/** The part of the log that a Save writes to. */
export interface SaveLogger {
  info(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** What people decided about conflicts, and where those that a Save met are kept. */
export interface SaveConflicts {
  /** Settles what a person has settled; `key` changes whenever it would settle anything differently. */
  settler(project: string): { readonly settle: Settle; readonly key: string };
  /** The paths among `settled` whose solution was taken back since. */
  takenBack(project: string, settled: readonly Settled[]): readonly string[];
  /** Keeps what each conflict is made of; gives what notes them, for the transaction that ends the Save. */
  keep(met: MetConflicts): Promise<() => void>;
}

/** The conflicts that a Save has met; `main` is the commit that it was to build on. */
export interface MetConflicts {
  readonly project: ProjectId;
  readonly save: SaveId;
  readonly main: Oid;
  readonly found: readonly FoundConflict[];
}

/** Everything that Saves are made of. */
export interface SavesDeps {
  readonly db: Db;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly git: Git;
  readonly projects: SaveProjects;
  readonly tasks: SaveTasks;
  readonly audit: AuditChain;
  readonly keys: SigningKeys;
  readonly timeline: TimelineBook;
  readonly conflicts: SaveConflicts;
  readonly version: string;
  /** Prefix of the marks of every process of this data directory. */
  readonly instance: string;
  /** Takes known secrets out of what checks and setup print, before it is kept. */
  readonly redactText: (text: string) => string;
  /** The environment that checks run in. */
  readonly environment: Environment;
  /** Starts a check, held as well as this machine allows. */
  readonly startCheck: (options: ProcessOptions) => Promise<RunningProcess>;
  /** The paths among `paths` that decide what the checks do; `commands` are those of the checks and the setup. */
  readonly gatePaths: (paths: readonly string[], commands: readonly Argv[]) => readonly string[];
  /** Asks a forge about a candidate, where the project file requires its checks. */
  readonly askOutside: AskOutside;
  readonly failpoint: Failpoint;
  readonly logger: SaveLogger;
}
