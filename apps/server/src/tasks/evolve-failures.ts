import type { TaskError } from '@thalogos/contracts';

/** Failures since a person last had a hand in a task: the one place where attempts are counted. */
export interface Failures {
  /** Of the agent that it has now. */
  readonly count: number;
  /** What the last one looked like. */
  readonly fingerprint: string | null;
  /** How often running its vendor has asked to wait. */
  readonly waits?: number;
  /** The agents that it was taken from. */
  readonly tried?: readonly string[];
}

/** A task that has not failed, as far as anybody counts. */
export const NO_FAILURES: Failures = { count: 0, fingerprint: null };

/** What two failures share when they are the same one: numbers and paths differ from run to run. */
export function fingerprint(error: TaskError): string {
  return `${error.class}: ${error.message.replace(/\d+/g, '#').slice(0, 200)}`;
}

/** One more; a vendor that asks to wait has failed at nothing. */
export function evolveFailures(failures: Failures, error: TaskError): Failures {
  if (error.class === 'rate-limit') return { ...failures, waits: (failures.waits ?? 0) + 1 };
  const { waits: _over, ...kept } = failures;
  return { ...kept, count: failures.count + 1, fingerprint: fingerprint(error) };
}

/** The next agent begins with none of its own; the very same failure again is still the same one. */
export function evolveHandedOver({ fingerprint: last, tried = [] }: Failures, from: string): Failures {
  return { count: 0, fingerprint: last, tried: [...tried, from] };
}
