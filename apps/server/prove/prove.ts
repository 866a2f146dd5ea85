import { runKill, type Variation, type Verdict } from './one-kill.ts';
import type { Kill } from './plan.ts';
import { makeSlot, type Slot } from './slot.ts';

/** How a proof is run. */
export interface ProofOptions {
  /** How many runs go on beside each other, each in a place of its own. */
  readonly beside: number;
  /** When no further run is begun, in milliseconds since 1970. */
  readonly deadline: number;
  readonly variation: Variation;
  /** Hears of each run as it ends. */
  readonly onVerdict: (verdict: Verdict) => void;
}

/** Runs kills beside each other until all are done or the time is up; gives what each came to. */
export async function prove(kills: readonly Kill[], options: ProofOptions): Promise<readonly Verdict[]> {
  const waiting = [...kills];
  const verdicts: Verdict[] = [];
  const worker = async (slot: Slot) => {
    while (Date.now() < options.deadline) {
      const kill = waiting.shift();
      if (kill === undefined) return;
      const verdict = await runKill(slot, kill, options.variation);
      verdicts.push(verdict);
      options.onVerdict(verdict);
    }
  };
  const slots = await Promise.all(
    Array.from({ length: Math.min(options.beside, kills.length) }, () => makeSlot()),
  );
  try {
    await Promise.all(slots.map(worker));
  } finally {
    for (const slot of slots) await slot[Symbol.asyncDispose]();
  }
  return verdicts;
}
