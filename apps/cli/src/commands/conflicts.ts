import type { ConflictDetail } from '@thalogos/contracts';
import type { CommandDefinition } from '../command.ts';
import type { Client } from '../connection/client.ts';
import { type ListedConflict, sayConflicts } from '../output/say-conflicts.ts';

/** Open conflicts of which a person is told how the same lines were settled before. */
const LOOKED_AT = 20;

/** Lists what can't be joined by itself, and what was decided about it for the next Save. */
export const conflicts: CommandDefinition = {
  usage: 'conflicts',
  summary: 'what collides, and how it was settled for the next Save',
  run: async (context) => {
    const connection = await context.connect();
    const project = await context.project(connection);
    const answer = await connection.client.conflicts.list.query({ project: project.id });
    const details = context.isJson ? [] : await readOpen(connection.client, answer.conflicts);
    return { json: answer, text: sayConflicts(answer.conflicts, details) };
  },
};

function readOpen(client: Client, listed: readonly ListedConflict[]): Promise<ConflictDetail[]> {
  const open = listed.filter(({ resolution }) => resolution === null).slice(0, LOOKED_AT);
  return Promise.all(open.map(({ id }) => client.conflicts.get.query({ conflict: id })));
}
