import type { AgentCapabilities, SessionSpec } from '../agent-adapter.ts';
import type { KnownProgram } from '../find-program.ts';

/** The environment of the server, from which an agent is given what its row names. */
export type Host = Readonly<Record<string, string | undefined>>;

/** What a row may look at when it says how its agent is started. */
export interface Launch {
  readonly spec: SessionSpec;
  /** Whether the system keeps the agent in its worktree. */
  readonly contained: boolean;
  /** The host's variables, and over them those of the session. */
  readonly variables: Host;
  /** The person's home. */
  readonly personal: string;
}

/** Pieces of text that are the agent's own and not its model's, each told in one piece. */
export interface SelfTalk {
  readonly retrying: RegExp;
  /** Why it gave up, where that is the last thing it says: after it tried again, or where no model has answered. */
  readonly failed: RegExp;
  /** The same in words that no model would use, so that they are believed whatever came before. */
  readonly certain: RegExp;
}

/** One agent that speaks the Agent Client Protocol: everything about it that is not the protocol. */
export interface AcpAgent extends KnownProgram {
  readonly title: string;
  /** What shows that a person is signed in: variables, which it is handed, or files of their home that it renews. */
  readonly signIn: { readonly variables: readonly string[]; readonly files: readonly string[] };
  readonly args: (launch: Launch) => readonly string[];
  readonly environment: (launch: Launch) => Readonly<Record<string, string>>;
  /** Variables of the host that say where its vendor is; no secrets. */
  readonly addresses: readonly string[];
  /** Settings it is started with: a path in its private home, and what is written there. */
  readonly settings: (launch: Launch) => Promise<Readonly<Record<string, string>>>;
  /** What its private home needs before an earlier session is loaded. */
  readonly beforeResume?: (home: string, sessionId: string) => Promise<void>;
  /** Where it speaks of its own troubles among the words of its model. */
  readonly selfTalk?: SelfTalk;
  readonly capabilities: AgentCapabilities;
  /** What it can't do or does in its own way, for people. */
  readonly gaps: readonly string[];
}
