import type { Branch } from '@thalogos/contracts';
import type { CommandDefinition } from '../command.ts';
import { count, moment, table } from '../output/table.ts';

/** Lists the orchestrator's branches, and those that checkpoints were promoted to. */
export const branches: CommandDefinition = {
  usage: 'branches',
  summary: 'branches with their tasks, heads, and how far they are from main',
  run: async (context) => {
    const connection = await context.connect();
    const { id: project } = await context.project(connection);
    const answer = await connection.client.branches.list.query({ project });
    const more = answer.total - answer.branches.length;
    const rest = more > 0 ? [`and ${count(more, 'older branch').replace('branchs', 'branches')}`] : [];
    return { json: answer, text: [table(answer.branches.map(row)), ...rest].join('\n') };
  },
};

function row({ name, kind, head, ahead, behind, updatedAt, ...more }: Branch): string[] {
  return [name, kind, head.slice(0, 12), `+${ahead} -${behind}`, moment(updatedAt), sayRest(more)];
}

function sayRest({
  task,
  checkpoint,
  push,
  forge,
}: Pick<Branch, 'task' | 'checkpoint' | 'push' | 'forge'>): string {
  return [
    task === null ? null : `${task.title} (${task.state})`,
    checkpoint,
    push === null ? null : `${push.remote}: ${push.state}${push.error === null ? '' : `, ${push.error}`}`,
    ...forge.map(({ name, state }) => `${name} ${state}`),
  ]
    .filter((part) => part !== null)
    .join(', ');
}
