import type { AgentCapabilities } from '../agent-adapter.ts';
import type { Bench } from '../test-bench.ts';

/**
 * How much of the suite is tried: `brief` for real programs that start slowly, `usual` in every run of the tests,
 * `whole` when the table of agents is made.
 */
export type Depth = 'brief' | 'usual' | 'whole';

/** One thing that an agent does, or says that it can't. */
export interface Behaviour {
  /** Its column in the table of agents. */
  readonly id: string;
  /** The sentence that a test is called by. */
  readonly says: string;
  /** The shallowest depth at which it is tried. */
  readonly depth: Depth;
  /** Whether an agent claims it; where absent, every agent has to. */
  readonly isOffered?: (capabilities: AgentCapabilities) => boolean;
  /** Throws where the agent does otherwise. */
  readonly prove: (bench: Bench) => Promise<void>;
}

const DEPTHS: readonly Depth[] = ['brief', 'usual', 'whole'];

/** Whether a behaviour belongs to a suite of that depth. */
export function isWithinDepth({ depth }: Behaviour, wanted: Depth): boolean {
  return DEPTHS.indexOf(depth) <= DEPTHS.indexOf(wanted);
}
