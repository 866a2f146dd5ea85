import type { CommandDefinition } from '../command.ts';
import { table } from '../output/table.ts';

/** Lists every repository under Thalogos. */
export const projects: CommandDefinition = {
  usage: 'projects',
  summary: 'the repositories under Thalogos',
  run: async ({ connect }) => {
    const { client } = await connect();
    const answer = await client.projects.list.query();
    const rows = answer.projects.map(({ id, name, path, branch }) => [id, name, branch, path]);
    return { json: answer, text: rows.length === 0 ? 'No projects.' : table(rows) };
  },
};
