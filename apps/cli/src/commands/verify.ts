import type { Verification } from '@thalogos/contracts';
import type { CommandDefinition } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { count } from '../output/table.ts';

/** Verifies every signature of the branch and the audit chain, or says how to do it by hand. */
export const verify: CommandDefinition = {
  usage: 'verify',
  summary: 'verify signatures and the audit chain',
  configure: (command) => command.option('--print-command', 'say how to verify by hand'),
  run: async (context, { options }) => {
    const connection = await context.connect();
    const { id: project } = await context.project(connection);
    const { timeline } = connection.client;
    if (options.has('printCommand')) {
      const { commands } = await timeline.verifyCommand.query({ project });
      return { json: { commands }, text: commands.join('\n') };
    }
    const answer = await timeline.verify.query({ project });
    return { json: answer, text: say(answer), exit: answer.ok ? EXIT.done : EXIT.failed };
  },
};

function say({ ok, checked, problems }: Verification): string {
  const what = `${count(checked.commits, 'commit')}, ${count(checked.tags, 'tag')}, ${count(checked.audit, 'audit entry').replace('entrys', 'entries')}`;
  return [
    `${ok ? 'All is well' : 'Something is wrong'}: ${what}.`,
    ...problems.map((problem) => `  ${problem.what}: ${problem.why}`),
  ].join('\n');
}
