import { defineTool, type Tool } from '@thalogos/smalltalk';
import { z } from 'zod';
import { StepFailure } from '../inside-worktree.ts';
import { runCommand } from '../run-command.ts';
import type { Desk } from './desk.ts';

/** Seconds a command may take: unless a model says otherwise, and at most. */
const SECONDS = { usual: 600, most: 3600 };
/** The longest that a timer can wait: a person may take their time. */
const NO_LIMIT_MS = 2 ** 31 - 1;

const STATUS = { pending: 'pending', in_progress: 'active', completed: 'done' } as const;

/** The shell of a model, in the worktree and behind the same walls as the process that starts it. */
export function commandTool(desk: Desk): Tool {
  return defineTool({
    name: 'run_command',
    description: 'Runs a shell command in the worktree and waits for its end.',
    parameters: z.object({
      command: z.string().min(1),
      seconds: z.number().int().min(1).max(SECONDS.most).default(SECONDS.usual),
    }),
    access: ['execute'],
    timeoutMs: (SECONDS.most + 60) * 1000,
    async run({ command, seconds }, { signal }) {
      const late = AbortSignal.timeout(seconds * 1000);
      const { id } = desk.call;
      const told = { type: 'tool', itemId: id, kind: 'command', title: '', phase: 'output' } as const;
      const { code, output } = await runCommand(command, {
        cwd: desk.cwd,
        signal: AbortSignal.any([signal, late]),
        onOutput: (text) => desk.tell({ ...told, output: text }),
      });
      desk.call.deed = { output, ...(code === null ? {} : { exitCode: code }) };
      if (late.aborted)
        throw new StepFailure(`It was ended after ${seconds} seconds. Its output:\n${output}`);
      return code === 0 ? output : `${output}\n(exit code ${code ?? 'none: a signal ended it'})`;
    },
  });
}

/** What a model tells and asks the person. */
export function talkingTools(desk: Desk): readonly Tool[] {
  return [
    defineTool({
      name: 'update_plan',
      description: 'Shows the person the steps of the work, all of them each time, and where each stands.',
      parameters: z.object({
        plan: z.array(
          z.object({ step: z.string(), status: z.enum(['pending', 'in_progress', 'completed']) }),
        ),
      }),
      access: [],
      run({ plan }) {
        desk.tell({
          type: 'plan',
          steps: plan.map(({ step, status }) => ({ text: step, status: STATUS[status] })),
        });
        return 'Shown.';
      },
    }),
    defineTool({
      name: 'ask_person',
      description: 'Asks the person something that only they can decide, and waits for the answer.',
      parameters: z.object({ question: z.string().min(1), options: z.array(z.string()).default([]) }),
      access: [],
      timeoutMs: NO_LIMIT_MS,
      async run({ question, options }) {
        const requestId = `ask-${desk.nextId()}`;
        const { decision, note } = await desk.ask({ type: 'question', requestId, question, options });
        if (decision === 'deny' || decision === 'abort') throw new StepFailure('The person did not answer');
        return note;
      },
    }),
  ];
}
