import { readFile } from 'node:fs/promises';
import { resolve as resolvePath } from 'node:path';
import type { ResolutionChoice } from '@thalogos/contracts';
import type { CommandDefinition } from '../command.ts';
import { Failure } from '../failure.ts';
import { saySettled } from '../output/say-conflicts.ts';

/** Settles a conflict for the next Save: one side, both, or the content of a file. */
export const resolve: CommandDefinition = {
  usage: 'resolve <conflict>',
  summary: 'settle a conflict for the next Save',
  configure: (command) =>
    command.requiredOption('--take <what>', 'ours, theirs, union, or a file with the whole content'),
  run: async ({ config, connect }, { words: [conflict = ''], options }) => {
    const choice = await readChoice(options.text('take') ?? '', config.calledFrom);
    const { client } = await connect();
    const answer = await client.conflicts.resolve.mutate({ conflict, choice });
    return { json: answer, text: saySettled(answer.conflicts, conflict) };
  },
};

async function readChoice(take: string, calledFrom: string): Promise<ResolutionChoice> {
  if (take === 'ours' || take === 'theirs' || take === 'union') return { take };
  const bytes = await readBytes(take, calledFrom);
  const content = bytes.toString('utf8');
  return Buffer.from(content).equals(bytes)
    ? { take: 'content', content }
    : { take: 'content', content: bytes.toString('base64'), encoding: 'base64' };
}

async function readBytes(file: string, calledFrom: string): Promise<Buffer> {
  const path = resolvePath(calledFrom, file);
  try {
    return await readFile(path);
  } catch (cause) {
    throw new Failure('usage', `--take is ours, theirs, union or a file, and ${path} can't be read as one`, {
      hint: 'See: thalogos resolve --help',
      cause,
    });
  }
}
