import {
  ProjectInput,
  type RebuiltTimeline,
  type TimelineEntry,
  TimelineInput,
  type Verification,
} from '@thalogos/contracts';
import type { z } from 'zod';
import type { Actor } from '../access/role.ts';
import { procedure, router } from '../api/trpc.ts';

/** The use cases behind the calls on the timeline. */
export interface TimelineCalls {
  list(input: z.infer<typeof TimelineInput>): Promise<readonly TimelineEntry[]>;
  verify(project: string): Promise<Verification>;
  /** The shell commands with which a person verifies by hand, without Thalogos. */
  verifyCommand(project: string): Promise<readonly string[]>;
  /** Writes the checkpoints anew from the signed tags. */
  rebuild(project: string, actor: Actor): Promise<RebuiltTimeline>;
}

/** Calls on the timeline, newest first. */
export function makeTimelineApi(calls: TimelineCalls) {
  return router({
    list: procedure('viewer')
      .input(TimelineInput)
      .query(async ({ input }) => ({ entries: await calls.list(input) })),
    verify: procedure('viewer')
      .input(ProjectInput)
      .query(({ input }) => calls.verify(input.project)),
    verifyCommand: procedure('viewer')
      .input(ProjectInput)
      .query(async ({ input }) => ({
        commands: await calls.verifyCommand(input.project),
      })),
    rebuild: procedure('admin')
      .input(ProjectInput)
      .mutation(({ input, ctx }) => calls.rebuild(input.project, ctx.actor)),
  });
}
