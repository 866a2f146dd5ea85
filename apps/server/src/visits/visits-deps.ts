import type { NewThalogosEvent, Oid, ProjectConfig, TaskState } from '@thalogos/contracts';
import type { Clock } from '../platform/clock.ts';
import type { Environment, RunningProcess } from '../platform/process.ts';
import type { OpenShell } from './shell.ts';

/** A task as a visitor needs to know it. */
export interface VisitedTask {
  readonly id: string;
  readonly title: string;
  readonly project: string;
  readonly session: string;
  readonly state: TaskState;
  /** The folder of its worktree; null while there is none. */
  readonly worktree: string | null;
}

/** The environment of the server. */
export type Host = Readonly<Record<string, string | undefined>>;

/** The chain of acts that must be answerable for, and the log. */
export interface VisitBooks {
  readonly recorder: {
    transact<T>(change: () => T): T;
    record(...events: readonly NewThalogosEvent[]): void;
  };
  readonly audit: {
    append(entry: { who: string; what: string; onWhat: string; why: string; source: string }): unknown;
  };
}

/** What a visit of any kind needs. */
export interface VisitGround extends VisitBooks {
  readonly clock: Clock;
  readonly find: (task: string) => VisitedTask | null;
  /** The mark of a process, and the end of everything that carries it. */
  readonly markOf: (what: string) => string;
  readonly killMarked: (mark: string) => Promise<unknown>;
  readonly onFault: (cause: unknown) => void;
}

/** What terminals need besides. */
export interface TerminalDeps extends VisitGround {
  readonly openShell: OpenShell;
  readonly program: string;
  readonly environment: Environment;
  readonly limits?: Partial<TerminalLimits>;
}

/** How many terminals there may be, and for how long one stays when nobody looks. */
export interface TerminalLimits {
  readonly terminals: number;
  readonly idleMs: number;
}

/** The ports that previews take, both ends included. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** What previews need besides. */
export interface PreviewDeps extends VisitGround {
  /** Starts a process as an agent's is started. */
  readonly start: (command: {
    readonly command: string;
    readonly args: readonly string[];
    readonly cwd: string;
    readonly stateDir: string;
    readonly environment: Environment;
    readonly mark: string;
  }) => Promise<RunningProcess>;
  readonly projects: {
    place(project: string): { readonly directory: string };
    settingsAt(
      project: string,
      commit: Oid | null,
    ): Promise<{ readonly config: ProjectConfig; readonly hash: string }>;
    isTrusted(project: string, hash: string): boolean;
  };
  readonly ports: PortRange;
  readonly redactText: (text: string) => string;
  /** How many may run at once. */
  readonly most?: number;
}

/** What opening an editor needs. */
export interface EditorDeps extends Pick<VisitGround, 'find' | keyof VisitBooks> {
  readonly host: Host;
  /** A command that the person named for it; null where none is named. */
  readonly named: readonly string[] | null;
}
