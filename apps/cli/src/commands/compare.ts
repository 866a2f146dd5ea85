import type { Attempt } from '@thalogos/contracts';
import type { CommandDefinition } from '../command.ts';
import { count, table } from '../output/table.ts';

/** Shows several attempts at one task side by side. */
export const compare: CommandDefinition = {
  usage: 'compare <id>',
  summary: 'several attempts at a task side by side',
  run: async ({ connect }, { words: [task = ''] }) => {
    const { client } = await connect();
    const answer = await client.tasks.compare.query({ task });
    return { json: answer, text: say(answer.attempts) };
  },
};

function say(attempts: readonly Attempt[]): string {
  const heads = attempts.map(({ task, seconds }) => [
    task.id,
    `@${task.agent}`,
    task.contest?.isKept === true ? `${task.state}, kept` : task.state,
    `${count(task.files.changed, 'file')} +${task.files.added} -${task.files.removed}`,
    `${seconds} s`,
    task.cost === null ? '' : `${task.cost.tokens} tokens`,
  ]);
  const checks = ['checks', ...attempts.map(sayChecks)];
  const paths = [...new Set(attempts.flatMap(({ files }) => files.map(({ path }) => path)))].toSorted();
  const cells = paths.map((path) => [path, ...attempts.map((attempt) => sizeOf(attempt, path))]);
  const columns = ['file', ...attempts.map(({ task }) => `@${task.agent} ${task.key}`)];
  return [table(heads), '', table([columns, ...cells, checks])].join('\n');
}

/** What is known of the checks; none is run for a comparison. */
function sayChecks({ checks }: Attempt): string {
  const known = checks.filter((check) => check.known !== 'unknown');
  if (known.length === 0) return 'none ran';
  return known.map((check) => `${check.name} ${check.known}`).join(', ');
}

function sizeOf({ files }: Attempt, path: string): string {
  const file = files.find((one) => one.path === path);
  return file === undefined ? '-' : `+${file.added} -${file.removed}`;
}
