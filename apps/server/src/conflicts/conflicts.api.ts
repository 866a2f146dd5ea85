import {
  type ConflictDetail,
  ConflictInput,
  type ConflictList,
  ProjectInput,
  ProposeInput,
  ResolveInput,
} from '@thalogos/contracts';
import type { Actor } from '../access/role.ts';
import { procedure, router } from '../api/trpc.ts';

/** The use cases behind the calls on conflicts. */
export interface ConflictCalls {
  list(project: string): Promise<ConflictList>;
  get(conflict: string): Promise<ConflictDetail>;
  resolve(input: ResolveInput, actor: Actor): Promise<ConflictList>;
  withdraw(conflict: string, actor: Actor): Promise<ConflictList>;
  propose(input: ProposeInput, actor: Actor): Promise<{ task: string }>;
}

/** Calls on conflicts; each that settles something answers what the project has now. */
export function makeConflictsApi(calls: ConflictCalls) {
  return router({
    list: procedure('viewer')
      .input(ProjectInput)
      .query(({ input }) => calls.list(input.project)),
    get: procedure('viewer')
      .input(ConflictInput)
      .query(({ input }) => calls.get(input.conflict)),
    resolve: procedure('reviewer')
      .input(ResolveInput)
      .mutation(({ input, ctx }) => calls.resolve(input, ctx.actor)),
    withdraw: procedure('reviewer')
      .input(ConflictInput)
      .mutation(({ input, ctx }) => calls.withdraw(input.conflict, ctx.actor)),
    propose: procedure('operator')
      .input(ProposeInput)
      .mutation(({ input, ctx }) => calls.propose(input, ctx.actor)),
  });
}
