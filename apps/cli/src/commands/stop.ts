import type { CommandDefinition } from '../command.ts';
import { sayTasks } from '../output/say-tasks.ts';

/** Stops tasks; they can be retried. */
export const stop: CommandDefinition = {
  usage: 'stop <ids...>',
  summary: 'stop tasks',
  run: async ({ connect }, { words }) => {
    const { client } = await connect();
    const answer = await client.tasks.stop.mutate({ tasks: [...words] });
    return { json: answer, text: sayTasks(answer.tasks) };
  },
};
