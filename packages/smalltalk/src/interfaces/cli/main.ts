#!/usr/bin/env node
import { StorageError } from '../../types/errors.ts';
import { processEnvironment } from '../../utils/process-environment.ts';
import { VERSION } from '../../version.ts';
import { type Command, readArguments, USAGE } from './read-arguments.ts';
import { type ScriptProcess, serve, talk } from './run-script.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const { promise: told, resolve: end } = Promise.withResolvers<void>();
process.once('SIGTERM', () => end());
process.once('SIGINT', () => end());

async function carryOut(command: Command, parts: ScriptProcess): Promise<number> {
  switch (command.kind) {
    case 'help':
      print(USAGE);
      return 0;
    case 'version':
      print(VERSION);
      return 0;
    case 'talk':
      return talk(command, parts);
    case 'playground':
      return serve(command, parts);
  }
}

async function main(): Promise<number> {
  try {
    const command = readArguments(process.argv.slice(2));
    return await carryOut(command, { environment: processEnvironment(), print, told });
  } catch (error) {
    // What a person can mend is one line; everything else is a fault, with all that is known of it.
    const said = error instanceof StorageError ? error.message : error instanceof Error ? error.stack : error;
    process.stderr.write(`smalltalk: ${String(said)}\n`);
    return 1;
  }
}

const code = await main();
// A script may have left timers behind, which would keep the process.
process.stdout.write('', () => process.exit(code));
