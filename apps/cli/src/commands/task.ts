import type { Run, Task, TranscriptBlock } from '@thalogos/contracts';
import type { CommandDefinition } from '../command.ts';
import { sayTasks } from '../output/say-tasks.ts';
import { moment } from '../output/table.ts';

/** Shows one task with its runs and what its agent wrote. */
export const task: CommandDefinition = {
  usage: 'task <id>',
  summary: 'one task, its runs and its transcript',
  run: async ({ connect }, { words: [id = ''] }) => {
    const { client } = await connect();
    const { task: found, runs, transcript } = await client.tasks.get.query({ task: id });
    return { json: { task: found, runs, transcript }, text: say(found, runs, transcript) };
  },
};

function say(found: Task, runs: readonly Run[], transcript: readonly TranscriptBlock[]): string {
  return [
    sayTasks([found]),
    ...runs.map(({ id, state, end, startedAt }) => `run ${id}: ${end ?? state}, since ${moment(startedAt)}`),
    ...transcript.map(({ kind, text }) => `${kind}: ${text}`),
  ].join('\n');
}
