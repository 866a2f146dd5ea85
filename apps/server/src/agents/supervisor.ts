import type { Clock } from '../platform/clock.ts';
import { readMarkedTimes } from '../platform/marked-times.ts';
import { killMarked } from '../platform/marked-processes.ts';
import { markOf } from '../platform/process.ts';
import { RUN_LIMITS, type RunLimits } from './run-limits.ts';
import type { RunHandle, Supervisor } from './run-request.ts';
import { OpenRun } from './open-run.ts';

/** What the supervisor is made of. */
export interface SupervisorDeps {
  /** Names this data directory's processes among all on the machine. */
  readonly instance: string;
  readonly clock: Clock;
  /** Told what went wrong while cleaning up after a run, which does not change how the run ended. */
  readonly onFault: (error: unknown) => void;
  readonly limits?: Partial<RunLimits>;
}

/** Makes the one place that starts agents, bounds them, and sees to it that nothing of them is left. */
export function makeSupervisor({ instance, clock, onFault, limits }: SupervisorDeps): Supervisor {
  const open = new Map<string, RunHandle>();
  return {
    startRun(request) {
      if (open.has(request.run)) throw new Error(`Could not start run ${request.run}: it is open already`);
      const handle = new OpenRun(request, {
        // The slash ends the name, so that run 1 is not found in the mark of run 12.
        mark: markOf(instance, `run/${request.run}/`),
        clock,
        onFault,
        limits: { ...RUN_LIMITS, ...limits },
        killMarked,
        readTimes: readMarkedTimes,
      });
      open.set(request.run, handle);
      void handle.done.then(() => open.delete(request.run));
      return handle;
    },
    endOrphans: () => killMarked(markOf(instance, 'run/')),
    async close() {
      await Promise.all([...open.values()].map((handle) => handle.stop()));
    },
  };
}
