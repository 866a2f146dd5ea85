import type { RollbackPreview } from '@thalogos/contracts';
import type { CommandContext, CommandDefinition, CommandResult } from '../command.ts';
import { exitOfOutcome } from '../exit-codes.ts';
import { sayOutcome } from '../output/say-save.ts';
import { count } from '../output/table.ts';
import { waitForSave } from '../waiting/wait-for-save.ts';

/** Brings a checkpoint's tree back as a new commit, or says what that would undo. */
export const rollback: CommandDefinition = {
  usage: 'rollback <tag>',
  summary: 'bring an earlier checkpoint back',
  configure: (command) =>
    command
      .option('--preview', 'only say what would be undone')
      .option('--branch-off', 'leave main, and open a session that starts from the checkpoint')
      .option('--wait', 'wait until it has ended'),
  run: (context, { words: [tag = ''], options }) => {
    if (options.has('preview')) return preview(context, tag);
    return options.has('branchOff') ? branchOff(context, tag) : restore(context, tag, options.has('wait'));
  },
};

async function branchOff(context: CommandContext, tag: string): Promise<CommandResult> {
  const connection = await context.connect();
  const { id: project } = await context.project(connection);
  const { session } = await connection.client.sessions.branchOff.mutate({ project, tag });
  return {
    json: { session: session.id },
    text: `${session.title} (${session.id}) starts from ${tag}; main is where it was.`,
  };
}

async function preview(context: CommandContext, tag: string): Promise<CommandResult> {
  const connection = await context.connect();
  const { id: project } = await context.project(connection);
  const answer = await connection.client.saves.rollbackPreview.query({ project, tag });
  const { undone, ...rest } = answer;
  return { json: { ...rest, undone: undone.map(({ id }) => id), tasks: undone }, text: say(answer) };
}

async function restore(context: CommandContext, tag: string, isWaiting: boolean): Promise<CommandResult> {
  const connection = await context.connect();
  const { id: project } = await context.project(connection);
  const { save } = await connection.client.saves.rollback.mutate({ project, tag });
  if (!isWaiting) {
    return {
      json: { save: { id: save.id, stage: save.stage }, undone: save.undone },
      text: `Restoring ${tag} in save ${save.id}: ${save.stage}`,
    };
  }
  const { outcome, undone } = await waitForSave({ context, connection, project, save: save.id });
  return { json: { ...outcome, undone }, text: sayOutcome(outcome), exit: exitOfOutcome(outcome.kind) };
}

function say({ tag, undone, checkpoints, files, commits }: RollbackPreview): string {
  return [
    `${tag} would come back: ${count(files.length, 'file')} would change.`,
    ...(checkpoints.length === 0 ? [] : [`Undone checkpoints: ${checkpoints.join(', ')}`]),
    ...undone.map(({ id, title }) => `  ${id} ${title}`),
    ...(commits === 0 ? [] : [`${count(commits, 'commit')} of your own would be covered.`]),
  ].join('\n');
}
