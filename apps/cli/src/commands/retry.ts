import type { CommandDefinition } from '../command.ts';
import { sayTasks } from '../output/say-tasks.ts';

/** Starts a task again, with another agent where one is named. */
export const retry: CommandDefinition = {
  usage: 'retry <id>',
  summary: 'start a task again',
  configure: (command) => command.option('--agent <name>', 'with this agent'),
  run: async ({ connect }, { words: [task = ''], options }) => {
    const { client } = await connect();
    const agent = options.text('agent');
    const answer = await client.tasks.retry.mutate({ task, ...(agent === null ? {} : { agent }) });
    return { json: answer, text: sayTasks(answer.tasks) };
  },
};
