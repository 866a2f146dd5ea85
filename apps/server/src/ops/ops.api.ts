import { type DoctorCheck, type Status, StatusInput } from '@thalogos/contracts';
import type { Actor } from '../access/role.ts';
import { procedure, router } from '../api/trpc.ts';

/** The use cases behind the calls on the server itself. */
export interface OpsCalls {
  status(project: string | undefined): Status;
  doctor(): Promise<readonly DoctorCheck[]>;
  /** Begins the graceful end and answers before it is done. */
  stop(): void;
  /** Ends degraded mode because a person says so; false where it was not on. */
  leaveDegraded(actor: Actor): boolean;
  /** Identity of this build, the number of the last event, and what the status line shows. */
  info(): {
    version: string;
    build: string;
    seq: number;
    dataDirectory: string;
    planner: string;
    contained: boolean;
    /** Bytes that are left where the data is; null where the disk does not say. */
    freeBytes: number | null;
    worktrees: number;
    /** The project that the server was started on, for a console that does not know where to begin. */
    opened: string | null;
  };
}

/** Calls on the server itself. */
export function makeOpsApi(calls: OpsCalls) {
  return router({
    status: procedure('viewer')
      .input(StatusInput)
      .query(({ input }) => calls.status(input.project)),
    doctor: procedure('viewer').query(async () => ({
      checks: await calls.doctor(),
    })),
    info: procedure('viewer').query(() => calls.info()),
    leaveDegraded: procedure('operator').mutation(({ ctx }) => ({ left: calls.leaveDegraded(ctx.actor) })),
    stop: procedure('admin').mutation(() => {
      calls.stop();
      return { stopping: true };
    }),
  });
}
