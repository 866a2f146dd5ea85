import type { Project, Status } from '@thalogos/contracts';
import type { CommandContext, CommandDefinition } from '../command.ts';
import type { Connection } from '../connection/connect.ts';
import { toFailure } from '../connection/to-failure.ts';
import { Failure } from '../failure.ts';
import { count, table } from '../output/table.ts';

/** Everything on one page; outside of a repository, the server alone. */
export const status: CommandDefinition = {
  usage: 'status',
  summary: 'how the server and the project stand',
  run: async (context) => {
    const connection = await context.connect();
    const project = await projectIfAny(context, connection);
    const answer = await connection.client.ops.status.query(project === null ? {} : { project: project.id });
    return { json: answer, text: say(answer) };
  },
};

/** No repository around the folder is no mistake; one that was named and is none is. */
async function projectIfAny(context: CommandContext, connection: Connection): Promise<Project | null> {
  try {
    return await context.project(connection);
  } catch (thrown) {
    const failure = toFailure(thrown);
    if (context.repo === null && failure instanceof Failure && failure.body.code === 'not-a-repository')
      return null;
    throw failure;
  }
}

function say({ server, project, session, tasks, save, decisions, degraded = null }: Status): string {
  const states = Object.entries(tasks).map(([state, number]) => `${number} ${state}`);
  return table([
    ['server', `${server.url} (process ${server.pid}, version ${server.version})`],
    ...(degraded === null
      ? []
      : [['degraded', `${degraded.reason}; one task is tried at a time: thalogos leave-degraded`]]),
    ...(project === null
      ? []
      : [['project', `${project.path}, ${project.branch} at ${project.head?.slice(0, 12) ?? 'no commit'}`]]),
    ...(session === null ? [] : [['session', `${session.id}, ${session.state}`]]),
    ...(states.length === 0 ? [] : [['tasks', states.join(', ')]]),
    ...(save === null ? [] : [['save', `${save.id}, ${save.stage}`]]),
    ...(decisions === 0 ? [] : [['waiting', `${count(decisions, 'decision')} for you: thalogos decisions`]]),
  ]);
}
