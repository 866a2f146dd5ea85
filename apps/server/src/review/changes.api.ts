import {
  EditFileInput,
  type ResultFile,
  ResultFileInput,
  ResultInput,
  type ReviewFiles,
  ReviewFilesInput,
  type ReviewPatches,
  ReviewPatchesInput,
  SuggestionsInput,
  TakeOutInput,
  type Task,
} from '@thalogos/contracts';
import type { z } from 'zod';
import type { Actor } from '../access/role.ts';
import { procedure, router } from '../api/trpc.ts';

/** The use cases behind the calls on the parts of a change. */
export interface ChangeCalls {
  files(input: ReviewFilesInput, person: string): Promise<ReviewFiles>;
  patches(input: z.output<typeof ReviewPatchesInput>, person: string): Promise<ReviewPatches>;
  /** Keeps that the caller has looked at this tree. */
  looked(input: ResultInput, person: string): Promise<void>;
  file(input: ResultFileInput): Promise<ResultFile>;
  edit(input: EditFileInput, actor: Actor): Promise<Task>;
  applySuggestions(input: SuggestionsInput, actor: Actor): Promise<Task>;
  takeOut(input: TakeOutInput, actor: Actor): Promise<Task>;
  /** Takes the last change by a person back; it stays in the branch's history. */
  undo(input: ResultInput, actor: Actor): Promise<Task>;
}

/** Calls on the parts of a change under review. */
export function makeChangesApi(calls: ChangeCalls) {
  return router({
    files: procedure('viewer')
      .input(ReviewFilesInput)
      .query(({ input, ctx }) => calls.files(input, ctx.actor.name)),
    patches: procedure('viewer')
      .input(ReviewPatchesInput)
      .query(({ input, ctx }) => calls.patches(input, ctx.actor.name)),
    looked: procedure('reviewer')
      .input(ResultInput)
      .mutation(async ({ input, ctx }) => {
        await calls.looked(input, ctx.actor.name);
        return {};
      }),
    file: procedure('viewer')
      .input(ResultFileInput)
      .query(({ input }) => calls.file(input)),
    edit: procedure('operator')
      .input(EditFileInput)
      .mutation(async ({ input, ctx }) => ({ task: await calls.edit(input, ctx.actor) })),
    applySuggestions: procedure('operator')
      .input(SuggestionsInput)
      .mutation(async ({ input, ctx }) => ({ task: await calls.applySuggestions(input, ctx.actor) })),
    takeOut: procedure('operator')
      .input(TakeOutInput)
      .mutation(async ({ input, ctx }) => ({ task: await calls.takeOut(input, ctx.actor) })),
    undo: procedure('operator')
      .input(ResultInput)
      .mutation(async ({ input, ctx }) => ({ task: await calls.undo(input, ctx.actor) })),
  });
}
