import type { CommandDefinition } from '../command.ts';

/** Prints a workflow for a forge that tests and scans pushed session branches; writes nothing. */
export const workflow: CommandDefinition = {
  usage: 'workflow',
  summary: 'print a CI workflow for session branches, made of the project file; nothing is written',
  run: async (context) => {
    const connection = await context.connect();
    const { id: project } = await context.project(connection);
    const answer = await connection.client.branches.workflow.query({ project });
    for (const note of answer.notes) context.progress(note);
    return { json: answer, text: answer.content.trimEnd() };
  },
};
