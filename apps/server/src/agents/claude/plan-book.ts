import { z } from 'zod';
import type { PlanStep } from '../agent-adapter.ts';

/** A tool with which claude writes its plan, and what came of it. */
export interface PlanCall {
  readonly name: string;
  readonly input: unknown;
  readonly result: unknown;
}

/** The plan of a session, which claude tells step by step and over many turns. */
export interface PlanBook {
  /** Takes one call of a tool; gives the whole plan where that changed it, else null. */
  note(call: PlanCall): readonly PlanStep[] | null;
}

const Created = z.object({ task: z.object({ id: z.string(), subject: z.string() }) });
const Update = z.object({
  taskId: z.string(),
  subject: z.string().exactOptional(),
  status: z.string().exactOptional(),
});
const Updated = z.object({ success: z.literal(true) });
const Listed = z.object({
  tasks: z.array(z.object({ id: z.string(), subject: z.string(), status: z.string() })),
});

const STATUS: Readonly<Record<string, PlanStep['status']>> = {
  pending: 'pending',
  in_progress: 'active',
  completed: 'done',
};

const PLAN_TOOLS = new Set(['TaskCreate', 'TaskUpdate', 'TaskList', 'TaskGet']);

/** Whether a tool is for its plan alone, and no deed in the worktree. */
export function isPlanTool(name: string): boolean {
  return PLAN_TOOLS.has(name);
}

/** Begins the plan of a session. */
export function makePlanBook(): PlanBook {
  let steps = new Map<string, PlanStep>();

  function update({ input, result }: PlanCall): boolean {
    const change = Update.safeParse(input).data;
    const step = change === undefined ? undefined : steps.get(change.taskId);
    if (change === undefined || step === undefined || !Updated.safeParse(result).success) return false;
    if (change.status === 'deleted') return steps.delete(change.taskId);
    const status = STATUS[change.status ?? ''] ?? step.status;
    steps.set(change.taskId, { text: change.subject ?? step.text, status });
    return true;
  }

  function create({ result }: PlanCall): boolean {
    const task = Created.safeParse(result).data?.task;
    if (task === undefined) return false;
    steps.set(task.id, { text: task.subject, status: 'pending' });
    return true;
  }

  /** What an earlier process began is known again once it is listed. */
  function list({ result }: PlanCall): boolean {
    const tasks = Listed.safeParse(result).data?.tasks;
    if (tasks === undefined) return false;
    const read = tasks.map(({ id, subject, status }) => {
      return [id, { text: subject, status: STATUS[status] ?? 'pending' }] as const;
    });
    steps = new Map(read);
    return true;
  }

  const tools: Readonly<Record<string, (call: PlanCall) => boolean>> = {
    TaskCreate: create,
    TaskUpdate: update,
    TaskList: list,
  };
  return {
    note: (call) => (tools[call.name]?.(call) === true ? [...steps.values()] : null),
  };
}
