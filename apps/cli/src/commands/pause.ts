import type { CommandDefinition } from '../command.ts';
import { sayTasks } from '../output/say-tasks.ts';

/** Keeps the project's swarm from starting anything. */
export const pause: CommandDefinition = {
  usage: 'pause',
  summary: 'start no more tasks',
  run: async (context) => {
    const connection = await context.connect();
    const { id: project } = await context.project(connection);
    const { paused } = await connection.client.sessions.pause.mutate({ project });
    const { tasks } = await connection.client.tasks.list.query({ project });
    return { json: { paused, tasks }, text: `Paused.\n${sayTasks(tasks)}` };
  },
};
