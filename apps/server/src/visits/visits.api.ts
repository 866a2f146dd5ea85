import {
  type Editor,
  OpenEditorInput,
  OpenTerminalInput,
  type Preview,
  type PreviewLine,
  PreviewLogInput,
  StartPreviewInput,
  type TaskVisits,
  type Terminal,
  TerminalInput,
  VisitInput,
} from '@thalogos/contracts';
import type { z } from 'zod';
import type { Actor } from '../access/role.ts';
import { procedure, router } from '../api/trpc.ts';

/** The use cases behind the calls on visits. */
export interface VisitCalls {
  of(task: string): Promise<TaskVisits>;
  openTerminal(input: z.infer<typeof OpenTerminalInput>, actor: Actor): Promise<Terminal>;
  closeTerminal(terminal: string, actor: Actor): Promise<void>;
  startPreview(input: z.infer<typeof StartPreviewInput>, actor: Actor): Promise<Preview>;
  stopPreview(task: string): Promise<Preview | null>;
  previewLog(task: string, after: number): readonly PreviewLine[];
  openEditor(input: z.infer<typeof OpenEditorInput>, actor: Actor): Promise<Editor>;
}

/** Calls of a person in a task's worktree; whatever starts a program of this machine is the admin's. */
export function makeVisitsApi(calls: VisitCalls) {
  return router({
    of: procedure('viewer')
      .input(VisitInput)
      .query(({ input }) => calls.of(input.task)),
    openTerminal: procedure('admin')
      .input(OpenTerminalInput)
      .mutation(async ({ input, ctx }) => ({ terminal: await calls.openTerminal(input, ctx.actor) })),
    closeTerminal: procedure('admin')
      .input(TerminalInput)
      .mutation(async ({ input, ctx }) => {
        await calls.closeTerminal(input.terminal, ctx.actor);
        return { closed: true };
      }),
    startPreview: procedure('admin')
      .input(StartPreviewInput)
      .mutation(async ({ input, ctx }) => ({ preview: await calls.startPreview(input, ctx.actor) })),
    stopPreview: procedure('operator')
      .input(VisitInput)
      .mutation(async ({ input }) => ({ preview: await calls.stopPreview(input.task) })),
    previewLog: procedure('viewer')
      .input(PreviewLogInput)
      .query(({ input }) => ({ lines: calls.previewLog(input.task, input.after) })),
    openEditor: procedure('admin')
      .input(OpenEditorInput)
      .mutation(async ({ input, ctx }) => ({ editor: await calls.openEditor(input, ctx.actor) })),
  });
}
