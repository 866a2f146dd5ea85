import type { CommandDefinition } from '../command.ts';
import { sayTasks } from '../output/say-tasks.ts';

/** Lists the tasks of the project. */
export const tasks: CommandDefinition = {
  usage: 'tasks',
  summary: 'the tasks of the project',
  configure: (command) => command.option('--session <id>', 'of one session only'),
  run: async (context, { options }) => {
    const connection = await context.connect();
    const project = await context.project(connection);
    const session = options.text('session');
    const answer = await connection.client.tasks.list.query({
      project: project.id,
      ...(session === null ? {} : { session }),
    });
    return { json: answer, text: sayTasks(answer.tasks) };
  },
};
