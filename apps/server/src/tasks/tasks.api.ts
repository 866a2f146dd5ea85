import {
  type AgentChoice,
  type Attempt,
  BlockInput,
  FindInTranscriptInput,
  PriorityInput,
  ProjectInput,
  RetryInput,
  type Run,
  SteerInput,
  type Task,
  TaskIdsInput,
  TaskInput,
  TasksInput,
  TranscriptInput,
} from '@thalogos/contracts';
import type { z } from 'zod';
import type { Actor } from '../access/role.ts';
import { procedure, router } from '../api/trpc.ts';
import type { TranscriptCalls } from './transcript-calls.ts';

/** The use cases behind the calls on tasks. */
export interface TaskCalls extends TranscriptCalls {
  list(input: z.infer<typeof TasksInput>): readonly Task[];
  get(task: string): {
    task: Task;
    runs: readonly Run[];
    /** Who it was given to and who else was considered; null for a task from before choices were kept. */
    choice: AgentChoice | null;
  };
  /** Several attempts at one task, side by side. */
  /** The queued tasks of a project in the order in which they would begin. */
  queue(project: string): readonly string[];
  compare(task: string): Promise<readonly Attempt[]>;
  /** Keeps one attempt and closes the others. */
  keep(task: string, actor: Actor): Promise<readonly Task[]>;
  prioritise(input: z.infer<typeof PriorityInput>, actor: Actor): readonly Task[];
  steer(input: z.infer<typeof SteerInput>, actor: Actor): Promise<Task>;
  stop(tasks: readonly string[], actor: Actor): Promise<readonly Task[]>;
  retry(input: z.infer<typeof RetryInput>, actor: Actor): Task;
  /** `retry` with another agent, which is told what the one before it left. */
  handOver(input: { readonly task: string; readonly agent: string }, actor: Actor): Promise<Task>;
  cancel(tasks: readonly string[], actor: Actor): Promise<readonly Task[]>;
}

/** Calls on tasks and their transcripts. */
export function makeTasksApi(calls: TaskCalls) {
  return router({
    list: procedure('viewer')
      .input(TasksInput)
      .query(({ input }) => ({ tasks: calls.list(input) })),
    get: procedure('viewer')
      .input(TaskInput)
      .query(({ input }) => calls.get(input.task)),
    queue: procedure('viewer')
      .input(ProjectInput)
      .query(({ input }) => ({ order: calls.queue(input.project) })),
    compare: procedure('viewer')
      .input(TaskInput)
      .query(async ({ input }) => ({ attempts: await calls.compare(input.task) })),
    keep: procedure('reviewer')
      .input(TaskInput)
      .mutation(async ({ input, ctx }) => ({ tasks: await calls.keep(input.task, ctx.actor) })),
    prioritise: procedure('operator')
      .input(PriorityInput)
      .mutation(({ input, ctx }) => ({ tasks: calls.prioritise(input, ctx.actor) })),
    ...transcriptProcedures(calls),
    steer: procedure('operator')
      .input(SteerInput)
      .mutation(async ({ input, ctx }) => ({
        tasks: [await calls.steer(input, ctx.actor)],
      })),
    stop: procedure('operator')
      .input(TaskIdsInput)
      .mutation(async ({ input, ctx }) => ({
        tasks: await calls.stop(input.tasks, ctx.actor),
      })),
    retry: procedure('operator')
      .input(RetryInput)
      .mutation(async ({ input: { task, agent }, ctx }) => ({
        tasks: [
          agent === undefined
            ? calls.retry({ task }, ctx.actor)
            : await calls.handOver({ task, agent }, ctx.actor),
        ],
      })),
    cancel: procedure('operator')
      .input(TaskIdsInput)
      .mutation(async ({ input, ctx }) => ({
        tasks: await calls.cancel(input.tasks, ctx.actor),
      })),
  });
}

function transcriptProcedures(calls: TranscriptCalls) {
  return {
    transcript: procedure('viewer')
      .input(TranscriptInput)
      .query(({ input }) => calls.transcript(input)),
    block: procedure('viewer')
      .input(BlockInput)
      .query(({ input }) => ({ block: calls.block(input) })),
    findInTranscript: procedure('viewer')
      .input(FindInTranscriptInput)
      .query(({ input, signal }) => calls.findInTranscript(input, signal)),
  };
}
