import type { AgentChoice, Run, Task, TranscriptBlock } from '@thalogos/contracts';
import type { CommandDefinition } from '../command.ts';
import { sayTasks } from '../output/say-tasks.ts';
import { moment } from '../output/table.ts';

/** How many of the newest blocks of its transcript come with a task. */
const SHOWN = 500;

/** Shows one task with its runs and what its agent wrote. */
export const task: CommandDefinition = {
  usage: 'task <id>',
  summary: 'one task, its runs and its transcript',
  run: async ({ connect }, { words: [id = ''] }) => {
    const { client } = await connect();
    const [found, { blocks }] = await Promise.all([
      client.tasks.get.query({ task: id }),
      client.tasks.transcript.query({ task: id, before: Number.MAX_SAFE_INTEGER, limit: SHOWN }),
    ]);
    const answer = { ...found, transcript: blocks };
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
