import type { Promotion } from '@thalogos/contracts';
import type { CommandDefinition } from '../command.ts';
import { Failure } from '../failure.ts';

/** Brings a branch such as `staging` forward to a checkpoint. */
export const promote: CommandDefinition = {
  usage: 'promote <tag>',
  summary: 'bring a branch such as staging forward to a checkpoint',
  configure: (command) =>
    command.option('--to <branch>', 'the branch: dev, staging or prod, if not named otherwise'),
  run: async (context, { words, options }) => {
    const [tag = ''] = words;
    const to = options.text('to');
    if (to === null)
      throw new Failure('usage', '--to is missing', {
        hint: 'Say which branch: thalogos promote TAG --to dev',
      });
    const connection = await context.connect();
    const { id: project } = await context.project(connection);
    const answer = await connection.client.branches.promote.mutate({ project, tag, to });
    return { json: answer, text: say(answer) };
  },
};

function say({ tag, commit, branch, from, moved }: Promotion): string {
  if (!moved) return `${branch} is at ${tag} already.`;
  const before = from === null ? 'made by it' : `before at ${from.slice(0, 12)}`;
  return `${branch} is at ${tag} now (${commit.slice(0, 12)}, ${before}).`;
}
