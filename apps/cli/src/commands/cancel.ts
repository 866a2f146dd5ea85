import type { CommandDefinition } from '../command.ts';
import { sayTasks } from '../output/say-tasks.ts';

/** Gives tasks up for good. */
export const cancel: CommandDefinition = {
  usage: 'cancel <ids...>',
  summary: 'give tasks up',
  run: async ({ connect }, { words }) => {
    const { client } = await connect();
    const answer = await client.tasks.cancel.mutate({ tasks: [...words] });
    return { json: answer, text: sayTasks(answer.tasks) };
  },
};
