/** What a terminal can be told; everything has a default. */
export type CliOptions = {
  /** What it is called among a host's interfaces: `cli`. */
  readonly name?: string;
  /** Standard input. */
  readonly input?: NodeJS.ReadableStream;
  /** Standard output. */
  readonly output?: NodeJS.WritableStream;
  /** `> `; shown where a person types. */
  readonly prompt?: string;
  /** The session to go on with; a new one where absent. */
  readonly sessionId?: string;
  readonly userId?: string;
  readonly showTimestamps?: boolean;
  readonly showAgentNames?: boolean;
};
