import type { SavePreview } from '@thalogos/contracts';
import type { CommandDefinition } from '../command.ts';
import { sayConflict } from '../output/say-save.ts';
import { count } from '../output/table.ts';

/** Says what a Save would do now. */
export const preview: CommandDefinition = {
  usage: 'preview',
  summary: 'what a Save would do now',
  run: async (context) => {
    const connection = await context.connect();
    const project = await context.project(connection);
    const answer = await connection.client.saves.preview.query({ project: project.id });
    return { json: answer, text: say(answer) };
  },
};

function say({ enters, waits, conflicts, pairs, checks }: SavePreview): string {
  return [
    `${count(enters.length, 'task')} would enter${enters.length === 0 ? '' : `: ${enters.join(' ')}`}`,
    ...waits.map(({ task, why }) => `  ${task} waits: ${why}`),
    ...(conflicts.length === 0 ? [] : ['Conflicts:', ...conflicts.map(sayConflict)]),
    ...pairs.map(({ a, b, files }) => `  ${a} and ${b} would conflict in ${files.join(', ')}`),
    ...checks.map(({ name, known }) => `  check ${name}: ${known}`),
  ].join('\n');
}
