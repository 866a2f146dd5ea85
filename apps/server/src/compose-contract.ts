import type { EventSource } from './api/event-source.ts';
import type { Metric } from './api/metrics-route.ts';
import type { Calls } from './api/router.ts';
import type { Config } from './config.ts';
import type { ReadyReport } from './ops/health.ts';
import type { ServerIdentity } from './ops/make-ops.ts';
import type { Clock } from './platform/clock.ts';
import type { Logger } from './platform/logger.ts';
import type { DataPaths } from './platform/paths.ts';
import type { Redactor } from './platform/redact.ts';
import type { Terminals } from './visits/terminals.ts';

/** What the parts are built from. The data directory is there, and this process holds its lock. */
export interface ComposeInput {
  readonly config: Config;
  readonly paths: DataPaths;
  readonly logger: Logger;
  /** For every sink: nothing reaches the log of events or a notification without it. */
  readonly redactor: Redactor;
  readonly clock: Clock;
  readonly version: string;
  readonly build: string;
  /** Where the server is; port 0 until it listens. */
  readonly server: () => ServerIdentity;
  /** Begins the graceful end of the server and returns at once. */
  readonly stop: () => void;
}

/** The parts behind the server, wired together. */
export interface Composition {
  readonly calls: Calls;
  readonly events: EventSource;
  /** Joins a viewer to a terminal that is open. */
  readonly joinTerminal: Terminals['join'];
  readonly checks: () => ReadyReport['checks'];
  readonly health: () => {
    readonly activeSessions: number;
    readonly failedAgents: number;
    readonly isDegraded: boolean;
  };
  readonly metrics: () => readonly Metric[];
  /** Whether a task runs or starts by itself at some time, or a Save is under way; what sleeps in review keeps no server awake. */
  readonly isBusy: () => boolean;
  /** Takes up what the last server left, then dispatches; called once the server listens. */
  readonly begin: () => Promise<void>;
  /** From now on no task and no Save begins. */
  readonly refuseWork: () => void;
  /** Ends agents and helpers and closes what was opened, in reverse order. */
  readonly close: () => Promise<void>;
}

/** Builds everything, in the order in which it is needed. */
export type Compose = (input: ComposeInput) => Promise<Composition>;
