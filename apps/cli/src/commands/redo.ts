import type { CommandDefinition } from '../command.ts';
import { sayTasks } from '../output/say-tasks.ts';

/** Makes new tasks of ones that a rollback has undone. */
export const redo: CommandDefinition = {
  usage: 'redo <tasks...>',
  summary: 'do undone tasks again',
  run: async (context, { words }) => {
    const connection = await context.connect();
    const { id: project } = await context.project(connection);
    const answer = await connection.client.planning.redo.mutate({ project, tasks: [...words] });
    return { json: answer, text: sayTasks(answer.tasks) };
  },
};
