import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import type { CommandContext, CommandDefinition, CommandResult } from './command.ts';
import { COMMANDS } from './commands.ts';
import { readConfig } from './config.ts';
import { connect } from './connection/connect.ts';
import { toFailure } from './connection/to-failure.ts';
import { EXIT, exitOfError } from './exit-codes.ts';
import { bodyOf, Failure } from './failure.ts';
import { findProject } from './find-project.ts';
import { disguiseText, makeOptions, revealText } from './options.ts';
import { makePrinter, type Printer } from './output/printer.ts';

/** Runs one command line and answers its exit code; whatever happens, it is said in one place. */
export async function runCli(words: readonly string[]): Promise<number> {
  const printer = makePrinter({ isJson: words.includes('--json'), out: process.stdout, err: process.stderr });
  try {
    // `npx @thalogos/cli` and nothing else is how most people begin.
    const asked = words.length === 0 ? ['start'] : words;
    const result = await parseAndRun(asked.map(disguiseText), printer);
    await printer.result(result);
    return result.exit ?? EXIT.done;
  } catch (thrown) {
    const body = bodyOf(toFailure(thrown));
    await printer.failure(body);
    return exitOfError(body.code);
  }
}

async function parseAndRun(words: readonly string[], printer: Printer): Promise<CommandResult> {
  let result: CommandResult | null = null;
  const program = makeProgram((definition, command) => async () => {
    const options = makeOptions(command.optsWithGlobals());
    const input = { words: command.args.map(revealText), options };
    result = await definition.run(makeContext(printer, options.text('repo')), input);
  });
  const said: string[] = [];
  for (const each of [program, ...program.commands]) {
    each.exitOverride().configureOutput({ writeOut: (text) => said.push(text), writeErr: () => undefined });
  }
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0) return sayAbout(thrown.code, said.join(''));
    throw wrongUsage(thrown, program);
  }
  if (result === null)
    throw new Failure('usage', 'No command was given', { hint: program.helpInformation() });
  return result;
}

type Act = (definition: CommandDefinition, command: Command) => () => Promise<void>;

function makeProgram(act: Act): Command {
  const program = new Command('thalogos')
    .description('The command console of a swarm of coding agents.')
    .version(manifest.version)
    .option('--json', 'answer with one JSON object')
    .option('--repo <path>', 'the repository (default: the one around this folder)')
    .showSuggestionAfterError()
    .helpCommand(true);
  for (const definition of COMMANDS) {
    const command = program.command(definition.usage).description(definition.summary);
    definition.configure?.(command);
    command.action(act(definition, command));
  }
  return program;
}

function makeContext(printer: Printer, repo: string | null): CommandContext {
  const config = readConfig();
  return {
    config,
    repo,
    isJson: printer.isJson,
    connect: () => connect(config),
    project: ({ client }) => findProject(client, { repo, calledFrom: config.calledFrom }),
    progress: printer.progress,
    write: printer.write,
  };
}

/** The answer of `--help` and `--version`. */
function sayAbout(code: string, text: string): CommandResult {
  const isVersion = code === 'commander.version';
  return { json: isVersion ? { version: text.trim() } : { help: text }, text };
}

function wrongUsage(thrown: CommanderError, program: Command): Failure {
  const isBare = thrown.code === 'commander.help';
  const message = isBare ? 'No command was given' : thrown.message.replace(/^error: /, '');
  const hint = isBare ? program.helpInformation().trim() : 'See: thalogos --help';
  return new Failure('usage', message, { hint, cause: thrown });
}
