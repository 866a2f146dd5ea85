import { text as readAll } from 'node:stream/consumers';
import type { Goal, Task } from '@thalogos/contracts';
import type { CommandContext, CommandDefinition, CommandInput, CommandResult } from '../command.ts';
import type { Connection } from '../connection/connect.ts';
import { Failure } from '../failure.ts';
import { readPriority } from '../output/read-priority.ts';
import { EXIT } from '../exit-codes.ts';
import { sayPlan, sayTasks } from '../output/say-tasks.ts';
import { exitOfTasks, waitForTasks } from '../waiting/wait-for-tasks.ts';

/** States a goal: its tasks are planned and started. */
export const goal: CommandDefinition = {
  usage: 'goal <text>',
  summary: 'plan a goal and start its tasks; - reads it from standard input',
  configure: (command) =>
    command
      .option('--agent <name>', 'who does what is addressed to nobody')
      .option('--session <id>', 'new, or the session to add it to')
      .option('--planner <name>', 'plain (as it is written) or model; you accept what a model plans')
      .option('--plan-only', 'start nothing')
      .option('--approve', 'approve in advance what comes of it')
      .option('--priority <level>', 'low, normal or high, beside other tasks that wait')
      .option('--best-of <n|names>', 'so many attempts at each task (2 to 5), or one by each of these agents')
      .option('--wait', 'wait until its tasks rest'),
  run: async (context, input) => {
    const text = await readText(input);
    const connection = await context.connect();
    const project = await context.project(connection);
    const stated = await connection.client.planning.state.mutate({
      project: project.id,
      text,
      ...choices(input),
    });
    const { session, goal: id, tasks, planner, state, note } = stated;
    const isWaiting = input.options.has('wait');
    if (isWaiting && state === 'accepted')
      return wait(context, connection, { project: project.id, session, goal: id });
    const json = { session, goal: id, tasks, planner, state, note };
    if (state === 'accepted') return { json, text: sayTasks(tasks) };
    // Whoever waits for its tasks waits for a person now.
    const isHeld = isWaiting && !input.options.has('planOnly');
    return { json, text: sayProposal(stated), ...(isHeld ? { exit: EXIT.needsPerson } : {}) };
  },
};

/** A plan that waits for a yes: whose it is, why it is no other's, and how it is started. */
function sayProposal({
  tasks,
  planner,
  note,
}: Pick<Goal, 'planner'> & { note: string | null; tasks: readonly Task[] }): string {
  const why = note === null ? [] : [`No model planned this. ${note}`];
  const next = `Planned by ${planner}; nothing has started. Start it: thalogos plan --accept`;
  return [...why, sayPlan(tasks), next].join('\n');
}

async function readText({ words }: CommandInput): Promise<string> {
  const [given = ''] = words;
  const text = given === '-' ? await readAll(process.stdin) : given;
  if (text.trim() === '')
    throw new Failure('usage', 'The goal is empty', { hint: 'Say what is to be done: thalogos goal "..."' });
  return text;
}

function choices({ options }: CommandInput) {
  const [agent, session] = [options.text('agent'), options.text('session')];
  const planner = options.text('planner');
  const [priority, bestOf] = [options.text('priority'), options.text('bestOf')];
  return {
    ...(planner === null ? {} : { planner: readPlanner(planner) }),
    ...(priority === null ? {} : { priority: readPriority(priority) }),
    ...(bestOf === null ? {} : { bestOf: readBestOf(bestOf) }),
    ...(agent === null ? {} : { agent }),
    ...(session === null ? {} : { session }),
    planOnly: options.has('planOnly'),
    approve: options.has('approve'),
  };
}

function readPlanner(name: string): 'plain' | 'model' {
  if (name === 'plain' || name === 'model') return name;
  throw new Failure('usage', `There is no planner ${name}`, { hint: 'Choose plain or model.' });
}

/** A number, or names with commas between them. */
function readBestOf(text: string): number | string[] {
  const names = text.split(',').map((name) => name.trim().replace(/^@/, ''));
  const number = Number(text);
  if (Number.isInteger(number) ? number >= 2 && number <= 5 : names.length >= 2 && names.length <= 5)
    return Number.isInteger(number) ? number : names;
  throw new Failure('usage', `--best-of takes 2 to 5, or as many names, not ${text}`, {
    hint: 'thalogos goal "..." --best-of 2, or --best-of codex,claude',
  });
}

interface Stated {
  readonly project: string;
  readonly session: string;
  readonly goal: string;
}

async function wait(context: CommandContext, connection: Connection, stated: Stated): Promise<CommandResult> {
  const rest = await waitForTasks({ context, connection, ...stated });
  const { session, goal: id } = stated;
  const tasks: readonly Task[] = rest.tasks;
  return {
    json: { session, goal: id, tasks },
    text: sayTasks(tasks),
    exit: exitOfTasks(tasks, rest.isPaused),
  };
}
