import type { CommandDefinition } from '../command.ts';
import { sayDecisions } from '../output/say-decisions.ts';

/** Settles a decision with one of its options, or with words where it has none. */
export const decide: CommandDefinition = {
  usage: 'decide <id> <choice>',
  summary: 'settle what waits for you',
  configure: (command) => command.option('--because <text>', 'why'),
  run: async ({ connect }, { words: [decision = '', choice = ''], options }) => {
    const { client } = await connect();
    const because = options.text('because');
    const answer = await client.review.decide.mutate({
      decision,
      choice,
      ...(because === null ? {} : { because }),
    });
    return { json: { decisions: [answer.decision] }, text: sayDecisions([answer.decision]) };
  },
};
