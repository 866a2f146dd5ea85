import type { Project } from '@thalogos/contracts';
import type { Command } from 'commander';
import type { CliConfig } from './config.ts';
import type { Connection } from './connection/connect.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Options } from './options.ts';

/** What a command answers: one object for programs, some text for people. */
export interface CommandResult {
  /** Null when everything was said already. */
  readonly json: object | null;
  readonly text: string;
  /** 0 when absent. */
  readonly exit?: ExitCode;
}

/** What a command was given: its words, and its options. */
export interface CommandInput {
  readonly words: readonly string[];
  readonly options: Options;
}

/** What a command may reach; nothing happens before it is asked for. */
export interface CommandContext {
  readonly config: CliConfig;
  readonly isJson: boolean;
  /** `--repo`, where it was given. */
  readonly repo: string | null;
  /** The server, started where none runs. */
  readonly connect: () => Promise<Connection>;
  /** The project of the repository that the command is about. */
  readonly project: (connection: Connection) => Promise<Project>;
  /** Tells a person at a terminal how far it is. */
  readonly progress: (line: string) => void;
  /** Writes to standard output at once; only for what goes on for long. */
  readonly write: (line: string) => void;
}

/** One command: how it is typed, what it is for, and what it does. */
export interface CommandDefinition {
  /** Name and words, such as `reject <id>`. */
  readonly usage: string;
  readonly summary: string;
  readonly configure?: (command: Command) => Command;
  readonly run: (context: CommandContext, input: CommandInput) => Promise<CommandResult>;
}
