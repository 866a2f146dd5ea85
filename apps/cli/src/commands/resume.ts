import type { CommandDefinition } from '../command.ts';
import { sayTasks } from '../output/say-tasks.ts';

/** Lets a paused swarm go on. */
export const resume: CommandDefinition = {
  usage: 'resume',
  summary: 'go on after a pause',
  run: async (context) => {
    const connection = await context.connect();
    const { id: project } = await context.project(connection);
    const { paused } = await connection.client.sessions.resume.mutate({ project });
    const { tasks } = await connection.client.tasks.list.query({ project });
    return { json: { paused, tasks }, text: `Resumed.\n${sayTasks(tasks)}` };
  },
};
