import type { CommandDefinition } from '../command.ts';
import { sayDecisions } from '../output/say-decisions.ts';

/** Lists what only a person can settle. */
export const decisions: CommandDefinition = {
  usage: 'decisions',
  summary: 'what waits for you',
  run: async (context) => {
    const connection = await context.connect();
    const project = await context.project(connection);
    const answer = await connection.client.review.decisions.query({ project: project.id });
    return { json: answer, text: sayDecisions(answer.decisions) };
  },
};
