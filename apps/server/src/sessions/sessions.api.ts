import { ArrangeInput, ProjectInput, RollbackInput, type Session, SessionInput } from '@thalogos/contracts';
import type { z } from 'zod';
import type { Actor } from '../access/role.ts';
import { procedure, router } from '../api/trpc.ts';
import type { ArrangementCalls } from './arrangements.ts';

/** The use cases behind the calls on sessions. */
export interface SessionCalls {
  list(project: string): readonly Session[];
  open(project: string, actor: Actor): Session;
  /** Opens a session whose tasks start from a checkpoint. */
  branchOff(input: z.infer<typeof RollbackInput>, actor: Actor): Session;
  close(session: string, actor: Actor): Session;
  pause(project: string, actor: Actor): { paused: boolean };
  resume(project: string, actor: Actor): { paused: boolean };
  isPaused(project: string): boolean;
}

/** Calls on sessions, how their panels are arranged, and the pause switch of a project's swarm. */
export function makeSessionsApi(calls: SessionCalls & ArrangementCalls) {
  return router({
    list: procedure('viewer')
      .input(ProjectInput)
      .query(({ input }) => ({
        sessions: calls.list(input.project),
        paused: calls.isPaused(input.project),
      })),
    open: procedure('operator')
      .input(ProjectInput)
      .mutation(({ input, ctx }) => ({
        session: calls.open(input.project, ctx.actor),
      })),
    branchOff: procedure('operator')
      .input(RollbackInput)
      .mutation(({ input, ctx }) => ({
        session: calls.branchOff(input, ctx.actor),
      })),
    close: procedure('operator')
      .input(SessionInput)
      .mutation(({ input, ctx }) => ({
        session: calls.close(input.session, ctx.actor),
      })),
    pause: procedure('operator')
      .input(ProjectInput)
      .mutation(({ input, ctx }) => calls.pause(input.project, ctx.actor)),
    resume: procedure('operator')
      .input(ProjectInput)
      .mutation(({ input, ctx }) => calls.resume(input.project, ctx.actor)),
    arrangement: procedure('viewer')
      .input(SessionInput)
      .query(({ input }) => calls.arrangement(input.session)),
    arrange: procedure('operator')
      .input(ArrangeInput)
      .mutation(({ input }) => calls.arrange(input)),
  });
}
