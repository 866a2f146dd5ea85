import type { AgentCapabilities, SessionSpec } from '../agent-adapter.ts';

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

/** One agent that speaks the Agent Client Protocol: everything about it that is not the protocol. */
export interface AcpAgent {
  /** What people call it, such as `gemini`; also the name of its program. */
  readonly id: string;
  readonly title: string;
  readonly packageName: string;
  /** The version it was tried with, which set-up installs, and the oldest that was driven with success. */
  readonly version: string;
  readonly oldest: string;
  /** Where its package keeps the program itself, best first; none means the script that its package names. */
  readonly natives: readonly string[];
  /** What shows that a person is signed in: variables, which it is handed, or files of their home that it renews. */
  readonly signIn: { readonly variables: readonly string[]; readonly files: readonly string[] };
  /** What to type in order to sign in. */
  readonly signInFix: string;
  readonly args: (launch: Launch) => readonly string[];
  readonly environment: (launch: Launch) => Readonly<Record<string, string>>;
  /** Variables of the host that say where its vendor is; no secrets. */
  readonly addresses: readonly string[];
  /** Settings it is started with: a path in its private home, and what is written there. */
  readonly settings: (launch: Launch) => Promise<Readonly<Record<string, string>>>;
  /** What its private home needs before an earlier session is loaded. */
  readonly beforeResume?: (home: string, sessionId: string) => Promise<void>;
  readonly capabilities: AgentCapabilities;
  /** What it can't do or does in its own way, for people. */
  readonly gaps: readonly string[];
}
