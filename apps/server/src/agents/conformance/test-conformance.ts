import { afterEach, beforeEach, describe, it } from 'vitest';
import { type Bench, type MakeRig, setUpBench } from '../test-bench.ts';
import { type Depth, isWithinDepth } from './test-behaviour.ts';
import { behaviours } from './test-behaviours.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** The column of the table of agents that a test fills. */
    behaviour?: string;
  }
}

/** How an adapter is tried. */
export interface Trial {
  readonly depth?: Depth;
  /** What one behaviour may take; programs differ by a factor of thirty in their start. */
  readonly timeoutMs?: number;
}

/** Runs the law of the port against an adapter; what it does not claim is left out, and said where all is tried. */
export function describeAgent(
  name: string,
  makeRig: MakeRig,
  { depth = 'usual', timeoutMs = 30_000 }: Trial = {},
): void {
  describe(`${name} keeps to the port`, { timeout: timeoutMs }, () => {
    let bench: Bench;
    beforeEach(async () => {
      bench = await setUpBench(makeRig);
    });
    afterEach(() => bench.close(), timeoutMs);

    for (const behaviour of behaviours.filter((known) => isWithinDepth(known, depth))) {
      it(behaviour.says, async ({ task, skip }) => {
        task.meta.behaviour = behaviour.id;
        if (behaviour.isOffered?.(bench.rig.adapter.capabilities) !== false) await behaviour.prove(bench);
        else if (depth === 'whole') skip('not offered');
      });
    }
  });
}
