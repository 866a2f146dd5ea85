/** How much of a run is kept, and how long it may take to leave; times in milliseconds. */
export interface RunLimits {
  /** How long pieces of a stream are put together. */
  readonly windowMs: number;
  /** Characters of words and output that are passed on of one run. */
  readonly outputCharacters: number;
  /** How long an agent may take to end its turn after it was asked to. */
  readonly interruptMs: number;
  /** How often a run that says nothing is looked at; four times before the first notice of its silence at least. */
  readonly lookMs: number;
  /** How long an agent may take to close before it is ended by its mark. */
  readonly closeMs: number;
}

/** What is used where nothing else is said. */
export const RUN_LIMITS: RunLimits = {
  windowMs: 50,
  outputCharacters: 2 * 1024 * 1024,
  interruptMs: 2000,
  lookMs: 30_000,
  closeMs: 5000,
};
