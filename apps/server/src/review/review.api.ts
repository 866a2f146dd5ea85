import {
  ApproveInput,
  type Decision,
  DecideInput,
  type Diff,
  ProjectInput,
  RejectInput,
  type Task,
  TaskInput,
} from '@thalogos/contracts';
import type { z } from 'zod';
import type { Actor } from '../access/role.ts';
import { procedure, router } from '../api/trpc.ts';

/** The use cases behind the calls on review and on the decision inbox. */
export interface ReviewCalls {
  diff(task: string): Promise<Diff>;
  approve(input: ApproveInput, actor: Actor): Promise<readonly Task[]>;
  reject(input: z.infer<typeof RejectInput>, actor: Actor): Promise<Task>;
  decisions(project: string): readonly Decision[];
  decide(input: DecideInput, actor: Actor): Promise<Decision>;
}

/** Calls on diffs, approvals and decisions. */
export function makeReviewApi(calls: ReviewCalls) {
  return router({
    diff: procedure('viewer')
      .input(TaskInput)
      .query(({ input }) => calls.diff(input.task)),
    approve: procedure('reviewer')
      .input(ApproveInput)
      .mutation(async ({ input, ctx }) => ({
        tasks: await calls.approve(input, ctx.actor),
      })),
    reject: procedure('reviewer')
      .input(RejectInput)
      .mutation(async ({ input, ctx }) => ({
        tasks: [await calls.reject(input, ctx.actor)],
      })),
    decisions: procedure('viewer')
      .input(ProjectInput)
      .query(({ input }) => ({ decisions: calls.decisions(input.project) })),
    decide: procedure('reviewer')
      .input(DecideInput)
      .mutation(async ({ input, ctx }) => ({
        decision: await calls.decide(input, ctx.actor),
      })),
  });
}
