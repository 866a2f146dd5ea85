import type { CommandDefinition } from '../command.ts';
import { Failure } from '../failure.ts';
import { sayTasks } from '../output/say-tasks.ts';

/** Approves what tasks made, so that it may enter a Save. */
export const approve: CommandDefinition = {
  usage: 'approve [ids...]',
  summary: 'approve what tasks made',
  configure: (command) => command.option('--all', 'everything that is in review'),
  run: async (context, { words, options }) => {
    const all = options.has('all');
    if (all === words.length > 0) throw new Failure('usage', 'Name the tasks to approve, or --all');
    const connection = await context.connect();
    const project = await context.project(connection);
    const tasks = words.map((task) => ({ task }));
    const answer = await connection.client.review.approve.mutate({ project: project.id, tasks, all });
    return { json: answer, text: sayTasks(answer.tasks) };
  },
};
