/**
 * The port every coding agent is driven through.
 *
 * An adapter turns one vendor's wire into the events below and nothing more:
 * containment, deadlines, persistence and judging the work are the
 * supervisor's and the orchestrator's, the same for every agent.
 */
export interface AgentAdapter {
  /** What people call it, such as `codex`; also the word after `@` in a goal. */
  readonly id: string;
  /** How people see it written, such as `Codex`. */
  readonly title: string;
  readonly capabilities: AgentCapabilities;
  /** Says what is installed here; cheap, offline, never throws for a missing agent. */
  probe(): Promise<AgentProbe>;
  /** Starts the agent's process, or resumes an earlier session when `spec.resume` is set; throws `AgentFault`. */
  open(spec: SessionSpec): Promise<AgentSession>;
}

/** What an agent can tell and be told; shown to people and checked by the conformance suite. */
export interface AgentCapabilities {
  readonly plan: boolean;
  readonly thoughts: boolean;
  readonly diffs: 'item' | 'turn' | 'none';
  /** Says with which code a command ended; elsewhere a failed command may be told as one that ended well. */
  readonly exitCodes: boolean;
  readonly approvals: boolean;
  readonly questions: boolean;
  readonly steer: boolean;
  readonly resume: boolean;
  readonly images: boolean;
  readonly mcp: boolean;
  readonly usage: 'turn' | 'session' | 'partial' | 'none';
  /**
   * What it says of a vendor that fails it: all, a refused sign-in and a cut connection (a busy vendor is asked again,
   * silently, until our limits end it), or none, so that such a turn may end as if it were done.
   */
  readonly vendorErrors: 'all' | 'sign-in' | 'none';
  readonly sandbox: 'own' | 'none';
}

/** What was found of an agent on this machine; `fix` is the command to type when something is missing. */
export interface AgentProbe {
  readonly installed: boolean;
  readonly version: string | null;
  readonly path: string | null;
  /** Has a credential or needs none, as far as can be seen offline. */
  readonly signedIn: boolean;
  /** Installed, a version we drive, and nothing below stands in the way of a run. */
  readonly healthy: boolean;
  readonly problems: readonly string[];
  readonly fix: string | null;
}

/** A tool server the agent is given over the Model Context Protocol. */
export interface McpServer {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Everything an agent needs to start; all paths are absolute. */
export interface SessionSpec {
  /** The worktree, and the agent's `PWD`. */
  readonly cwd: string;
  /** The agent's private folder: home, settings and whatever it keeps to resume. Outlives the process. */
  readonly stateDir: string;
  /** A folder of files that came with the goal, for it to read and never to change; absent where none came. */
  readonly files?: string;
  readonly model?: string;
  /** The `nativeId` of an earlier session with the same `stateDir`. */
  readonly resume?: string;
  readonly policy: 'read-only' | 'workspace' | 'full';
  readonly approvals: 'never' | 'on-request' | 'always';
  readonly mcp: readonly McpServer[];
  /** Added to the allow-listed environment; the only door for credentials given by configuration. */
  readonly env: Readonly<Record<string, string>>;
  /** `THALOGOS_MARK` of every process of this session, by which leftovers are found and ended. */
  readonly mark: string;
}

/** What a turn is given. */
export type Input =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly path: string };

/** One turn; how long it may take is the supervisor's business, for every agent alike. */
export interface Turn {
  readonly input: readonly Input[];
}

/** A person's reply to an approval or a question; for a question `note` is the chosen option or free text. */
export interface Answer {
  readonly decision: 'allow' | 'allow-session' | 'deny' | 'abort';
  readonly note?: string;
}

/** One open conversation with one agent process. */
export interface AgentSession {
  /** The resume key; known as soon as `open` resolves, to be persisted at once. */
  readonly nativeId: string;
  /** The agent's own process, for whoever watches its life; its group has the same number. */
  readonly pid: number;
  /** Runs one turn; the last event, and only the last, is `turn.end`, also when the process dies. */
  run(turn: Turn): AsyncIterable<AgentEvent>;
  /** Gives the running turn more to consider; absent where the agent can't. */
  steer?(input: readonly Input[]): Promise<void>;
  /** Settles an `approval` or `question`; an unknown or settled id is ignored, so answering twice is harmless. */
  answer(requestId: string, answer: Answer): Promise<void>;
  /** Asks the running turn to end and its commands with it; the turn then ends `interrupted`. */
  interrupt(): Promise<void>;
  /** Ends the process: quietly, then SIGINT, then SIGKILL to its group. Harmless when repeated. */
  close(): Promise<void>;
}

/** Tokens as the vendor counts them. */
export interface Tokens {
  readonly input: number;
  readonly output: number;
  readonly cachedInput?: number;
  readonly reasoning?: number;
}

/** One step of an agent's own plan. */
export interface PlanStep {
  readonly text: string;
  readonly status: 'pending' | 'active' | 'done';
}

/** A change to one file as the agent reports it; git, not this, says what was changed. */
export interface FileDiff {
  readonly path: string;
  readonly unified: string;
}

/** Something the agent did with a tool; `output` of phase `output` is a piece, of `ended` the whole. */
export interface ToolEvent {
  readonly type: 'tool';
  readonly itemId: string;
  readonly kind: 'command' | 'edit' | 'read' | 'mcp' | 'other';
  readonly title: string;
  readonly phase: 'started' | 'output' | 'ended';
  readonly status?: 'ok' | 'failed' | 'denied';
  readonly command?: string;
  readonly exitCode?: number;
  readonly output?: string;
  readonly diffs?: readonly FileDiff[];
}

/** The agent waits for a person's leave; `detail` is what the vendor said about it. `requestId` is unique within its run. */
export interface ApprovalEvent {
  readonly type: 'approval';
  readonly requestId: string;
  readonly itemId: string;
  readonly kind: 'command' | 'edit' | 'mcp';
  readonly title: string;
  readonly reason?: string;
  readonly detail: unknown;
}

/** The agent waits for a person's choice; without options the answer is free text in `note`. */
export interface QuestionEvent {
  readonly type: 'question';
  readonly requestId: string;
  readonly question: string;
  readonly options: readonly string[];
}

/** What a turn consumed; `total` is the whole session's where the vendor says so. */
export interface UsageEvent {
  readonly type: 'usage';
  readonly turn: Tokens;
  readonly total?: Tokens;
  readonly contextWindow?: number;
  readonly usd?: number;
}

/** The end of a turn; `completed` says the agent stopped by itself, not that the work is good. */
export interface TurnEndEvent {
  readonly type: 'turn.end';
  readonly outcome: 'completed' | 'interrupted' | 'failed';
  readonly text?: string;
  readonly error?: AgentError;
}

/** What an event says, whichever agent it came from; `unknown` is shown as it came and never fatal. */
export type AgentEventBody =
  | { readonly type: 'text' | 'thought'; readonly itemId: string; readonly delta: string }
  | { readonly type: 'plan'; readonly steps: readonly PlanStep[] }
  | { readonly type: 'diff'; readonly unified: string }
  | ToolEvent
  | ApprovalEvent
  | QuestionEvent
  | { readonly type: 'settled'; readonly requestId: string }
  | UsageEvent
  | { readonly type: 'retrying'; readonly attempt?: number; readonly error: AgentError }
  | { readonly type: 'notice'; readonly text: string }
  | { readonly type: 'unknown'; readonly method: string }
  | TurnEndEvent;

/** One thing that happened in a turn; `at` is milliseconds since the epoch, `raw` the vendor's own words. */
export type AgentEvent = {
  readonly at: number;
  readonly turnId: string;
  readonly raw?: unknown;
} & AgentEventBody;

/** Why an agent could not do its work, in words all agents share. */
export interface AgentError {
  readonly class:
    | 'auth'
    | 'rate-limit'
    | 'overloaded'
    | 'bad-request'
    | 'context'
    | 'network'
    | 'timeout'
    | 'crash'
    | 'sandbox'
    | 'other';
  readonly httpStatus?: number;
  readonly message: string;
  readonly retryable: boolean;
  /** How long the vendor asks us to wait, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** Thrown where an agent can't be opened; carries the same typed error a failed turn does. */
export class AgentFault extends Error {
  readonly error: AgentError;

  constructor(error: AgentError, options?: ErrorOptions) {
    super(error.message, options);
    this.name = 'AgentFault';
    this.error = error;
  }
}
