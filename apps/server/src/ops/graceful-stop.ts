/** The five steps of a graceful end, in this order. */
export interface StopSteps {
  /** Readiness says 503 and nothing new begins; at once. */
  refuse(): void;
  /** Waits for the calls under way; false when some were still under way after `ms`. */
  drain(ms: number): Promise<boolean>;
  /** Writes down what would be lost and ends agents and helpers. */
  persist(): Promise<void>;
  /** Closes streams, connections, files and locks. */
  close(): Promise<void>;
}

/** How long calls under way may take to end. */
const DRAIN_MS = 30_000;

/** Ends the server; the exit code is 0 when nothing was cut off, else 1. A step that fails does not keep the next from being taken. */
export async function stopGracefully(
  steps: StopSteps,
  report: (step: string, error: unknown) => void,
): Promise<0 | 1> {
  let code: 0 | 1 = 0;
  const take = async (name: string, step: () => Promise<void> | void) => {
    try {
      await step();
    } catch (error) {
      code = 1;
      report(name, error);
    }
  };
  await take('refuse', () => steps.refuse());
  await take('drain', async () => {
    if (!(await steps.drain(DRAIN_MS))) throw new Error(`Calls were still under way after ${DRAIN_MS} ms`);
  });
  await take('persist', () => steps.persist());
  await take('close', () => steps.close());
  return code;
}
