import type { CommandDefinition } from '../command.ts';

/** Shows what a task changed. */
export const diff: CommandDefinition = {
  usage: 'diff <id>',
  summary: 'what a task changed',
  run: async ({ connect }, { words: [id = ''] }) => {
    const { client } = await connect();
    const answer = await client.review.diff.query({ task: id });
    const cut = answer.truncated ? '\nThe rest is left out: the diff is too large.' : '';
    return { json: answer, text: answer.files.length === 0 ? 'No changes.' : `${answer.patch}${cut}` };
  },
};
