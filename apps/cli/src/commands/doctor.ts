import type { CommandDefinition } from '../command.ts';
import { table } from '../output/table.ts';

/** Looks whether this machine has what Thalogos needs. */
export const doctor: CommandDefinition = {
  usage: 'doctor',
  summary: 'look whether this machine has what is needed',
  run: async ({ connect }) => {
    const { client } = await connect();
    const { checks } = await client.ops.doctor.query();
    const rows = checks.map(({ ok, name, found, needed, fix }) => [
      ok ? 'ok' : '!!',
      name,
      found,
      ok ? '' : `needed: ${needed}. ${fix ?? ''}`,
    ]);
    return { json: { checks }, text: table(rows) };
  },
};
