import type { CommandDefinition } from '../command.ts';

/** Lets tasks start as they come again, although too many agents failed at once. */
export const leaveDegraded: CommandDefinition = {
  usage: 'leave-degraded',
  summary: 'let tasks start as they come after many agents failed',
  run: async ({ connect }) => {
    const { client } = await connect();
    const answer = await client.ops.leaveDegraded.mutate();
    const text = answer.left
      ? 'Degraded mode is off: tasks start as they come.'
      : 'Nothing was changed: tasks start as they come.';
    return { json: answer, text };
  },
};
