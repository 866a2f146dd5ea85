import type { TimelineEntry } from '@thalogos/contracts';
import type { CommandDefinition } from '../command.ts';
import { Failure } from '../failure.ts';
import { moment, table } from '../output/table.ts';

/** Lists checkpoints, restores and Saves that did not land, newest first. */
export const timeline: CommandDefinition = {
  usage: 'timeline',
  summary: 'checkpoints and what happened between them, newest first',
  configure: (command) => command.option('--limit <n>', 'at most this many (default 200)'),
  run: async (context, { options }) => {
    const limit = readLimit(options.text('limit'));
    const connection = await context.connect();
    const project = await context.project(connection);
    const answer = await connection.client.timeline.list.query({ project: project.id, limit });
    return {
      json: answer,
      text: answer.entries.length === 0 ? 'Nothing was saved yet.' : table(answer.entries.map(row)),
    };
  },
};

function readLimit(text: string | null): number {
  const limit = Number(text ?? 200);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1000) return limit;
  throw new Failure('usage', `--limit must be 1 to 1000, not ${text ?? ''}`);
}

function row({ kind, tag, commit, at, summary, signature, undoneBy }: TimelineEntry): string[] {
  const undone = undoneBy === null ? '' : `, undone by ${undoneBy}`;
  return [
    moment(at),
    kind,
    tag ?? '-',
    commit?.slice(0, 12) ?? '-',
    tag === null ? '' : signature,
    `${summary}${undone}`,
  ];
}
