import type { CommandDefinition } from '../command.ts';
import { sayTasks } from '../output/say-tasks.ts';

/** Tells a running agent something to consider. */
export const steer: CommandDefinition = {
  usage: 'steer <id> <text>',
  summary: 'tell a running agent something',
  run: async ({ connect }, { words: [task = '', text = ''] }) => {
    const { client } = await connect();
    const answer = await client.tasks.steer.mutate({ task, text });
    return { json: answer, text: sayTasks(answer.tasks) };
  },
};
