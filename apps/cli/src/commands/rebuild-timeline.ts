import type { RebuiltTimeline } from '@thalogos/contracts';
import type { CommandDefinition } from '../command.ts';
import { count } from '../output/table.ts';

/** Writes the timeline anew from the signed tags, where its table was lost or damaged. */
export const rebuildTimeline: CommandDefinition = {
  usage: 'rebuild-timeline',
  summary: 'write the timeline anew from the signed tags',
  run: async (context) => {
    const connection = await context.connect();
    const { id: project } = await context.project(connection);
    const answer = await connection.client.timeline.rebuild.mutate({ project });
    return { json: answer, text: say(answer) };
  },
};

function say({ rebuilt, problems }: RebuiltTimeline): string {
  return [
    `The timeline holds ${count(rebuilt, 'checkpoint')}.`,
    ...problems.map(({ what, why }) => `  ${what} was left out: ${why}`),
  ].join('\n');
}
