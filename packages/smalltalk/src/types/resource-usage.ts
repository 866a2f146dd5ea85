/** What one session takes, as far as it can be told apart in a shared process. */
export type SessionUsage = {
  readonly sessionId: string;
  /** Bytes of its JSON, which is about what it takes in memory. */
  readonly memoryBytes: number;
  /** Bytes that its storage keeps of it; absent for a storage that can't tell. */
  readonly diskBytes?: number;
};

/** What one agent takes; agents of one process share its CPU and memory, and only they themselves know their part. */
export type AgentUsage = {
  readonly agentName: string;
  /** How often it was asked, and how long it worked on the answers altogether. */
  readonly requests: number;
  readonly busyMs: number;
  /** Bytes of the state that it would need to go on elsewhere; absent for one that has none. */
  readonly stateBytes?: number;
  /** What it says of itself: an agent that is a process of its own can know. */
  readonly own?: OwnUsage;
};

/** What an agent says that it takes. */
export type OwnUsage = {
  readonly cpuMs?: number;
  readonly memoryBytes?: number;
  readonly diskReadBytes?: number;
  readonly diskWriteBytes?: number;
};

/** What everything together takes, since the process began. */
export type ProcessUsage = {
  readonly cpuMs: number;
  readonly memoryBytes: number;
  /** Operations of the file system, as the system counts them. */
  readonly diskReads: number;
  readonly diskWrites: number;
};

/** What a host of agents takes. */
export type ResourceUsage = {
  readonly process: ProcessUsage;
  readonly sessions: readonly SessionUsage[];
  readonly agents: readonly AgentUsage[];
};
