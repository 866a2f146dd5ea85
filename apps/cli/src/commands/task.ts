import type { AgentChoice, Run, Task, TranscriptBlock } from '@thalogos/contracts';
import type { CommandDefinition } from '../command.ts';
import { sayTasks } from '../output/say-tasks.ts';
import { moment } from '../output/table.ts';

/** Shows one task with its runs and what its agent wrote. */
export const task: CommandDefinition = {
  usage: 'task <id>',
  summary: 'one task, its runs and its transcript',
  run: async ({ connect }, { words: [id = ''] }) => {
    const { client } = await connect();
    const answer = await client.tasks.get.query({ task: id });
    return { json: answer, text: say(answer) };
  },
};

interface Answer {
  readonly task: Task;
  readonly runs: readonly Run[];
  readonly transcript: readonly TranscriptBlock[];
  readonly choice: AgentChoice | null;
}

function say({ task: found, runs, transcript, choice }: Answer): string {
  const held = found.heldUntil == null ? [] : [`held back until ${moment(found.heldUntil)}`];
  return [
    sayTasks([found]),
    ...held,
    ...(choice === null || choice.source === 'person' ? [] : [`chosen: ${choice.reasoning}`]),
    ...runs.map(({ id, state, end, startedAt }) => `run ${id}: ${end ?? state}, since ${moment(startedAt)}`),
    ...transcript.map(({ kind, text }) => `${kind}: ${text}`),
  ].join('\n');
}
