import type { AgentAdapter, AgentEvent, Answer, Input, SessionSpec } from './agent-adapter.ts';
import type { RunOutcome } from './run-outcome.ts';

/** One attempt to be made: who works, where, on what, and for how long. */
export interface RunRequest {
  /** The run's id; also part of the mark by which its processes are found. */
  readonly run: string;
  readonly adapter: AgentAdapter;
  /** The session to open; the supervisor adds the mark. */
  readonly spec: Omit<SessionSpec, 'mark'>;
  readonly input: readonly Input[];
  /** Wall-clock limit in ms from the start of the run; Infinity for none. Waiting for a person does not count. */
  readonly deadlineMs: number;
  /** Limit of silence in ms; Infinity for none. Waiting for a person does not count. */
  readonly idleMs: number;
  /** Silence in ms after which `onSilent` is told, first for a notice, then to ask; nothing where it is not less than `idleMs`. */
  readonly noticeMs?: number;
  readonly askMs?: number;
  readonly onSilent?: (silence: { readonly grade: 'noticed' | 'asked'; readonly since: number }) => void;
  /** Told the end of a silence that `onSilent` was told of. */
  readonly onHeard?: () => void;
  /** Something that changes whenever a file of the worktree does; asked only of a run that says nothing. */
  readonly readFiles?: () => Promise<string>;
  /** Told the resume key once, before the turn starts, so that it can be persisted. */
  readonly onOpened?: (opened: { readonly nativeId: string; readonly pid: number }) => void;
  /** Told every event in order, deltas coalesced; must not throw. */
  readonly onEvent: (event: AgentEvent) => void;
}

/** A run under way. */
export interface RunHandle {
  readonly run: string;
  /** The one end of the run; never rejects, and no process of the run is alive when it resolves. */
  readonly done: Promise<RunOutcome>;
  /** Gives the running turn more to consider: `unsupported` by this agent, or `ended` already, are said. */
  steer(input: readonly Input[]): Promise<'steered' | 'unsupported' | 'ended'>;
  /** Settles an approval or a question of this run. */
  answer(requestId: string, answer: Answer): Promise<'answered' | 'ended'>;
  /** A person bears with its silence: that begins anew. */
  bear(): void;
  /** Ends the run as `crashed`, because its process is known to be gone or beyond reach. */
  lose(reason: string): void;
  /** Ends the run as `cancelled`: protocol, SIGINT, then SIGKILL to everything with its mark. */
  stop(): Promise<RunOutcome>;
}

/** Opens runs and answers for their end. */
export interface Supervisor {
  startRun(request: RunRequest): RunHandle;
  /** Ends what an earlier server of this data directory left running; says how many processes. For start-up. */
  endOrphans(): Promise<number>;
  /** Ends every open run as `cancelled`. */
  close(): Promise<void>;
}
