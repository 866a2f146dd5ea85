import type { CommandDefinition } from '../command.ts';
import { sayTasks } from '../output/say-tasks.ts';

/** Sends a task back to its agent with the reason. */
export const reject: CommandDefinition = {
  usage: 'reject <id>',
  summary: 'send a task back with a reason',
  configure: (command) => command.requiredOption('--because <text>', 'what has to be different'),
  run: async ({ connect }, { words: [task = ''], options }) => {
    const { client } = await connect();
    const answer = await client.review.reject.mutate({ task, because: options.text('because') ?? '' });
    return { json: answer, text: sayTasks(answer.tasks) };
  },
};
