import type { CommandContext, CommandDefinition, CommandInput, CommandResult } from '../command.ts';
import { exitOfOutcome } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { sayOutcome } from '../output/say-save.ts';
import { waitForSave } from '../waiting/wait-for-save.ts';

/** Saves what is approved, or cancels the Save that runs. */
export const save: CommandDefinition = {
  usage: 'save',
  summary: 'land the approved work as one checkpoint',
  configure: (command) =>
    command
      .option('--only <ids...>', 'these tasks alone')
      .option('--without <ids...>', 'all but these tasks')
      .option('--wait', 'wait until it has ended')
      .option('--cancel', 'cancel the Save that runs'),
  run: (context, input) => (input.options.has('cancel') ? cancel(context) : start(context, input)),
};

async function cancel(context: CommandContext): Promise<CommandResult> {
  const connection = await context.connect();
  const project = await context.project(connection);
  const answer = await connection.client.saves.cancel.mutate({ project: project.id });
  const text = answer.cancelled
    ? `Save ${answer.save.id} is cancelled.`
    : `Save ${answer.save.id} can’t be cancelled any more.`;
  return { json: answer, text };
}

async function start(context: CommandContext, { options }: CommandInput): Promise<CommandResult> {
  const [only, without] = [options.list('only'), options.list('without')];
  if (only.length > 0 && without.length > 0)
    throw new Failure('usage', 'Either --only or --without, not both');
  const connection = await context.connect();
  const { id: project } = await context.project(connection);
  const { save: view } = await connection.client.saves.save.mutate({
    project,
    ...(only.length === 0 ? {} : { only: [...only] }),
    ...(without.length === 0 ? {} : { without: [...without] }),
  });
  if (!options.has('wait')) {
    return { json: { save: { id: view.id, stage: view.stage } }, text: `Save ${view.id}: ${view.stage}` };
  }
  const { outcome } = await waitForSave({ context, connection, project, save: view.id });
  return { json: outcome, text: sayOutcome(outcome), exit: exitOfOutcome(outcome.kind) };
}
