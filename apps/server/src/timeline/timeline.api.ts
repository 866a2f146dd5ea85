import {
  CompareDiffInput,
  CompareInput,
  type Comparison,
  type Diff,
  ProjectInput,
  type RebuiltTimeline,
  type TimelineDetail,
  type TimelineEntry,
  TimelineEntryInput,
  TimelineInput,
  type TimelinePage,
  TimelinePageInput,
  type UndoneTask,
  type Verification,
} from '@thalogos/contracts';
import type { z } from 'zod';
import type { Actor } from '../access/role.ts';
import { procedure, router } from '../api/trpc.ts';

/** The use cases behind the calls on the timeline. */
export interface TimelineCalls {
  list(input: z.infer<typeof TimelineInput>): Promise<readonly TimelineEntry[]>;
  /** One page of what is looked for. */
  page(input: TimelinePageInput): Promise<TimelinePage>;
  /** One entry with its seal, its neighbours and what became of its tasks. */
  entry(input: z.infer<typeof TimelineEntryInput>): Promise<TimelineDetail>;
  /** Every task whose work a restore took off `main`. */
  undone(project: string): readonly UndoneTask[];
  /** What lies between any two checkpoints. */
  compare(input: CompareInput): Promise<Comparison>;
  /** The lines that lead from one checkpoint to another. */
  diff(input: CompareDiffInput): Promise<Diff>;
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
    page: procedure('viewer')
      .input(TimelinePageInput)
      .query(({ input }) => calls.page(input)),
    entry: procedure('viewer')
      .input(TimelineEntryInput)
      .query(({ input }) => calls.entry(input)),
    undone: procedure('viewer')
      .input(ProjectInput)
      .query(({ input }) => ({ tasks: calls.undone(input.project) })),
    compare: procedure('viewer')
      .input(CompareInput)
      .query(({ input }) => calls.compare(input)),
    diff: procedure('viewer')
      .input(CompareDiffInput)
      .query(({ input }) => calls.diff(input)),
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
