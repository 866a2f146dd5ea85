import {
  type CheckLog,
  CheckLogInput,
  type Delivery,
  PreviewInput,
  ProjectInput,
  RollbackInput,
  type RollbackPreview,
  SaveIdInput,
  SaveInput,
  type SavePreview,
  type SaveView,
} from '@thalogos/contracts';
import type { z } from 'zod';
import type { Actor } from '../access/role.ts';
import { procedure, router } from '../api/trpc.ts';

/** The use cases behind the calls on Save and rollback. */
export interface SaveCalls {
  /** What a Save started now would do, with all that is approved or with some of it. */
  preview(project: string, only?: readonly string[]): Promise<SavePreview>;
  /** What a check has put out so far. */
  log(input: CheckLogInput): Promise<CheckLog>;
  /** Starts a Save and answers at once; what becomes of it is in `get` and in the events. */
  save(input: SaveInput, actor: Actor): Promise<SaveView>;
  rollback(input: z.infer<typeof RollbackInput>, actor: Actor): Promise<SaveView>;
  rollbackPreview(input: z.infer<typeof RollbackInput>): Promise<RollbackPreview>;
  get(save: string): SaveView;
  /** The Save that runs, else the last one that ended. */
  current(project: string): SaveView | null;
  cancel(project: string, actor: Actor): { save: { id: string }; cancelled: boolean };
  deliver(project: string, actor: Actor): Promise<Delivery>;
}

/** Calls on Save and rollback. */
export function makeSavesApi(calls: SaveCalls) {
  return router({
    preview: procedure('viewer')
      .input(PreviewInput)
      .query(({ input }) => calls.preview(input.project, input.only)),
    log: procedure('viewer')
      .input(CheckLogInput)
      .query(({ input }) => calls.log(input)),
    save: procedure('operator')
      .input(SaveInput)
      .mutation(async ({ input, ctx }) => ({
        save: await calls.save(input, ctx.actor),
      })),
    rollback: procedure('operator')
      .input(RollbackInput)
      .mutation(async ({ input, ctx }) => ({
        save: await calls.rollback(input, ctx.actor),
      })),
    rollbackPreview: procedure('viewer')
      .input(RollbackInput)
      .query(({ input }) => calls.rollbackPreview(input)),
    get: procedure('viewer')
      .input(SaveIdInput)
      .query(({ input }) => ({ save: calls.get(input.save) })),
    current: procedure('viewer')
      .input(ProjectInput)
      .query(({ input }) => ({ save: calls.current(input.project) })),
    cancel: procedure('operator')
      .input(ProjectInput)
      .mutation(({ input, ctx }) => calls.cancel(input.project, ctx.actor)),
    deliver: procedure('operator')
      .input(ProjectInput)
      .mutation(async ({ input, ctx }) => ({
        delivery: await calls.deliver(input.project, ctx.actor),
      })),
  });
}
