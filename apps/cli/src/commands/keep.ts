import type { CommandDefinition } from '../command.ts';
import { sayTasks } from '../output/say-tasks.ts';

/** Keeps one of several attempts at a task and closes the others. */
export const keep: CommandDefinition = {
  usage: 'keep <id>',
  summary: 'keep one of several attempts; the others are closed',
  run: async ({ connect }, { words: [task = ''] }) => {
    const { client } = await connect();
    const answer = await client.tasks.keep.mutate({ task });
    return { json: answer, text: sayTasks(answer.tasks) };
  },
};
