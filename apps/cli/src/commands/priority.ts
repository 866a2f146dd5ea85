import type { CommandDefinition } from '../command.ts';
import { readPriority } from '../output/read-priority.ts';
import { sayTasks } from '../output/say-tasks.ts';

/** Starts tasks sooner or later than others that wait. */
export const priority: CommandDefinition = {
  usage: 'priority <level> <ids...>',
  summary: 'start tasks sooner or later than others: low, normal, high',
  run: async ({ connect }, { words: [level = '', ...tasks] }) => {
    const priority = readPriority(level);
    const { client } = await connect();
    const answer = await client.tasks.prioritise.mutate({ tasks, priority });
    return { json: answer, text: sayTasks(answer.tasks) };
  },
};
