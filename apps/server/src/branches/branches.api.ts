import {
  BranchDiffInput,
  BranchesInput,
  type Diff,
  ProjectInput,
  PromoteInput,
  type Promotion,
  type WorkflowOffer,
} from '@thalogos/contracts';
import type { Actor } from '../access/role.ts';
import { procedure, router } from '../api/trpc.ts';
import type { ListedBranches } from './list-branches.ts';

/** The use cases behind the calls on branches. */
export interface BranchCalls {
  list(input: { project: string; limit: number }): Promise<ListedBranches>;
  diff(input: BranchDiffInput): Promise<Diff>;
  /** The branches that checkpoints are promoted along, first to last. */
  environments(project: string): Promise<readonly string[]>;
  promote(input: PromoteInput, actor: Actor): Promise<Promotion>;
  /** A workflow to look at and commit by hand; nothing is written. */
  workflow(project: string): Promise<WorkflowOffer>;
}

/** Calls on branches. */
export function makeBranchesApi(calls: BranchCalls) {
  return router({
    list: procedure('viewer')
      .input(BranchesInput)
      .query(({ input }) => calls.list(input)),
    diff: procedure('viewer')
      .input(BranchDiffInput)
      .query(({ input }) => calls.diff(input)),
    environments: procedure('viewer')
      .input(ProjectInput)
      .query(async ({ input }) => ({ environments: await calls.environments(input.project) })),
    promote: procedure('operator')
      .input(PromoteInput)
      .mutation(({ input, ctx }) => calls.promote(input, ctx.actor)),
    workflow: procedure('viewer')
      .input(ProjectInput)
      .query(({ input }) => calls.workflow(input.project)),
  });
}
